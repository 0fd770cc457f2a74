/// JSON that the user names, such as the summary of a campaign.
public enum NamedJSON {
    /// Reads a regular file of at most 256 MiB; a symbolic link is followed.
    /// - Throws: an error that names the file, and the key that is missing or wrong.
    public static func decode<Value: Decodable>(_ type: Value.Type, at path: String) throws(CrashStoreError) -> Value {
        try ReportText.decode(type, try StoredFile.summary.read(path), path: path)
    }
}
