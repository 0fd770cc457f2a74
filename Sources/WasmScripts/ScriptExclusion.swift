/// A folder of converted scripts that is about something that WebAssembly 3.0 does not have.
public struct ScriptExclusion: Hashable, Sendable {
    /// The name of the folder.
    public var folder: String
    /// Why its scripts are left out.
    public var reason: String

    /// All folders that are left out where scripts are searched for; a script that is named itself is always run.
    public static let all: [ScriptExclusion] = [
        ScriptExclusion(
            folder: "legacy-exceptions",
            reason: "the try, catch, rethrow and delegate instructions that WebAssembly 3.0 replaced by try_table"
        ),
        ScriptExclusion(folder: "proposal-threads", reason: "a proposal that is not part of WebAssembly 3.0"),
        ScriptExclusion(folder: "proposal-wide-arithmetic", reason: "a proposal that is not part of WebAssembly 3.0"),
        ScriptExclusion(folder: "proposal-custom-page-sizes", reason: "a proposal that is not part of WebAssembly 3.0"),
    ]
}
