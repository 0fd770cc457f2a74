import ARM64Simulator
import Foundation
import Testing

/// Random sequences through the simulator and through QEMU; the manual decides where they differ.
///
/// `ARM64_THIRD_PARTY_SEQUENCES` sets how many sequences are compared, `ARM64_THIRD_PARTY_SEED` which.
@Suite(
    .serialized,
    .enabled(if: ThirdParty.isAvailable, "qemu-aarch64 (Debian package qemu-user) is not installed")
)
struct ThirdPartyTests {
    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func `random sequences leave the state that they leave on a Cortex-A53, and the same encodings are illegal`()
        throws
    {
        try compare(model: "cortex-a53", exclusions: Exclusion.cortexA53, acceptsIllegal: true, sequences: 150)
    }

    @Test func `random sequences with dot products leave the state that they leave on a Cortex-A76`() throws {
        try compare(model: "cortex-a76", exclusions: [], acceptsIllegal: false, sequences: 50)
    }

    private func compare(model: String, exclusions: [Exclusion], acceptsIllegal: Bool, sequences: Int) throws {
        let memory = try FixedMemory()
        defer { memory.unmap() }
        let total = Self.setting("ARM64_THIRD_PARTY_SEQUENCES") ?? sequences
        let seed = UInt64(Self.setting("ARM64_THIRD_PARTY_SEED") ?? 1)
        let generator = try SequenceGenerator(seed: seed, exclusions: exclusions, acceptsIllegal: acceptsIllegal)
        var done = 0
        var reports: [String] = []
        while done < total && reports.count < 20 {
            let count = min(total - done, 1000)
            var program = ThirdPartyProgram(sequenceLimit: count)
            var batch: [SequenceGenerator.Sequence] = []
            for _ in 0..<count {
                let sequence = try generator.sequence(at: program.nextSequenceAddress)
                #expect(sequence.after.signals != .max)
                program.append(sequence.words, from: sequence.before)
                batch.append(sequence)
            }
            let actual = try ThirdParty.run(program, model: model)
            for (sequence, snapshot) in zip(batch, actual) where sequence.after != snapshot {
                reports.append(try culprit(of: sequence, generator, model: model))
            }
            done += count
        }
        #expect(reports == [], "differences: simulator, then QEMU")
        // What is compared is what it should be: most slots hold an instruction.
        #expect(generator.executed > total * SequenceGenerator.length / 2)
        #expect(!acceptsIllegal || generator.illegal > total / 2)
        if total != sequences { print("\(model): \(generator.executed) executed, \(generator.illegal) unallocated") }
    }

    /// The first word of a sequence that does something else, with what it does.
    private func culprit(of sequence: SequenceGenerator.Sequence, _ generator: SequenceGenerator, model: String) throws
        -> String
    {
        let address = ThirdPartyProgram(sequenceLimit: 1).nextSequenceAddress
        var program = ThirdPartyProgram(sequenceLimit: sequence.words.count)
        let steps = try generator.steps(of: sequence, at: address) { word, before in
            let place = program.nextSequenceAddress
            program.append([word], from: before)
            return place
        }
        let actual = try ThirdParty.run(program, model: model)
        for (step, snapshot) in zip(steps, actual) where step.after != snapshot && step.after.signals != .max {
            let word = String(step.words[0], radix: 16)
            let before = step.before.differences(from: MachineSnapshot()).filter { line in
                // The registers that the word's fields name.
                [0, 5, 10, 16].contains { line.hasPrefix("v\(step.words[0] >> $0 & 31):") }
                    || [0, 5, 10, 16].contains { line.hasPrefix("x\(step.words[0] >> $0 & 31):") }
            }
            return "0x\(word): \(step.after.differences(from: snapshot)) after \(before), nzcv \(step.before.nzcv)"
        }
        let words = sequence.words.map { String($0, radix: 16) }
        return "\(words): no single word differs"
    }
}

/// Memory of the test process at the addresses of ``ThirdPartyLayout``.
struct FixedMemory {
    private static let codeSize = 16 << 20
    private static let dataSize = 1 << 16

    enum Failure: Error { case taken(address: UInt64) }

    init() throws {
        try Self.map(ThirdPartyLayout.codeAddress, Self.codeSize)
        try Self.map(ThirdPartyLayout.dataAddress, Self.dataSize)
    }

    private static func map(_ address: UInt64, _ size: Int) throws {
        let place = UnsafeMutableRawPointer(bitPattern: UInt(address))
        // Linux: private, anonymous, and fixed without replacing what is there.
        let result = mmap(place, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | 0x100000, -1, 0)
        guard result == place else { throw Failure.taken(address: address) }
    }

    func unmap() {
        munmap(UnsafeMutableRawPointer(bitPattern: UInt(ThirdPartyLayout.codeAddress)), Self.codeSize)
        munmap(UnsafeMutableRawPointer(bitPattern: UInt(ThirdPartyLayout.dataAddress)), Self.dataSize)
    }
}
