import Testing

struct HostileFileTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    @Test(arguments: [
        ["run"], ["compile", "--target", "x86_64"], ["compile", "--target", "arm64", "--emit", "machine"],
    ])
    func `files with random changes never end a command by a signal`(_ command: [String]) throws {
        defer { tool.removeFolder() }
        var random = SeededGenerator(state: 2_025)
        for (name, options) in [("sample.wasm", []), ("sample.wat", ["--edge", "block"])] {
            let original = tool.path(name)
            let generated = try tool.run(
                ["generate", "--params", "3*i32", "--results", "9*i32,i64", "-o", original] + options
            )
            #expect(generated.status == 0)
            let bytes = try tool.read(name)
            for number in 0..<25 {
                var changed = bytes
                switch number % 3 {
                case 0: changed.removeSubrange(Int.random(in: 0..<bytes.count, using: &random)...)
                case 1:
                    for _ in 0..<2 {
                        changed[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                    }
                default:
                    let start = Int.random(in: 0..<bytes.count, using: &random)
                    changed.insert(contentsOf: bytes[start..<min(start + 9, bytes.count)], at: start)
                }
                let file = try tool.write(changed, to: "changed-\(number)-\(name)")
                let ending = try tool.run(command + [file])
                let isFine = !ending.wasKilled && (ending.isOneLineError || ending.status == 0)
                #expect(isFine, "\(command) of change \(number) to \(name): \(ending.status) \(ending.error)")
            }
        }
    }
}

/// The generator of Steele, Lea and Flood, 2014.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
