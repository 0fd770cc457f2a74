/// How anybody sees what an engine does with a case, without this program.
public struct Reproduction: Hashable, Sendable {
    /// A file that the commands need.
    public struct File: Hashable, Sendable {
        public var name: String
        public var bytes: [UInt8]

        /// Makes a file.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    public var files: [File]
    /// To be run in the folder of the files, as a shell takes them.
    public var commands: [String]

    /// Makes a reproduction.
    public init(files: [File], commands: [String]) {
        self.files = files
        self.commands = commands
    }
}
