import Foundation
import Testing
import VectorCases

@testable import X64Backend

/// Random instructions, encoded by this back end and read by the toolchain's `llvm-objdump`.
@Suite struct RandomEncodingTests {
    @Test(.enabled(if: Toolchain.current != nil, "llvm-objdump and clang are beside swift in the PATH"))
    func `random instructions are what the disassembler reads`() throws {
        let toolchain = try #require(Toolchain.current)
        var random = VectorSamples(seed: 0x5EED)
        let instructions = (0..<4000).map { _ in Self.instruction(&random) }
        var bytes: [UInt8] = []
        var expected: [(offset: Int, text: String)] = []
        for instruction in instructions {
            expected.append((bytes.count, instruction.text(at: bytes.count)))
            instruction.encode(into: &bytes)
        }
        let lines = try toolchain.disassemble(bytes)
        #expect(lines.count == expected.count)
        for (line, expectation) in zip(lines, expected) where line != expectation {
            let next = expected.first { $0.offset > expectation.offset }?.offset ?? bytes.count
            Issue.record(
                """
                \(hexadecimal(bytes[expectation.offset..<next])) at \(expectation.offset) is \(expectation.text); \
                the disassembler reads \(line.text) at \(line.offset)
                """
            )
            break
        }
    }

    /// An instruction of any form with any operands that the form allows.
    static func instruction(_ random: inout VectorSamples) -> X64Instruction {
        func below(_ bound: Int) -> Int { Int(random.bits() % UInt64(bound)) }
        let form = X64Form.allCases[below(X64Form.allCases.count)]
        let operands = form.operands
        var instruction = X64Instruction(form, condition: X64Condition.allCases[below(16)])
        for operand in operands {
            switch operand.role {
            case .register: instruction.register = UInt8(below(16))
            case .rm, .rmMemoryOnly, .rmRegisterOnly:
                let isMemory = operand.role == .rmMemoryOnly || (operand.role == .rm && below(2) == 0)
                instruction.rm = isMemory ? .memory(memory(&random)) : .register(UInt8(below(16)))
            case .predicate: instruction.immediate = Int64(below(8))
            case .unsignedImmediate: instruction.immediate = Int64(below(256))
            case .immediate, .relative:
                // Small numbers as often as large ones.
                let bits = operand.widthInBits == 16 ? 15 : Int(operand.widthInBits)
                let kept = 1 + below(bits)
                instruction.immediate = Int64(bitPattern: random.bits()) >> Int64(64 - kept)
                if operand.widthInBits == 16 { instruction.immediate &= 0x7FFF }
            case .fixedCL: break
            }
        }
        return instruction
    }

    private static func memory(_ random: inout VectorSamples) -> X64Memory {
        let bits = random.bits()
        let kept = UInt64(1 + random.bits() % 32)
        let displacement = Int32(truncatingIfNeeded: Int64(bitPattern: bits) >> Int64(64 - kept))
        switch random.bits() % 8 {
        case 0: return .relative(displacement)
        case 1: return X64Memory(base: UInt8(bits & 15))
        case 2, 3: return X64Memory(base: UInt8(bits & 15), displacement: displacement)
        default:
            var index = UInt8(bits >> 4 & 15)
            if index == 4 { index = 12 }
            let hasBase = random.bits() % 8 != 0
            return X64Memory(
                base: hasBase ? UInt8(bits & 15) : X64Memory.noRegister,
                index: index,
                scaleShift: UInt8(bits >> 8 & 3),
                displacement: displacement
            )
        }
    }
}

/// The tools beside the compiler that runs the tests.
struct Toolchain: Sendable {
    var clang: URL
    var disassembler: URL

    /// The first folder of the PATH with `swift` has both tools, or there is none.
    static let current: Toolchain? = {
        for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
            let swift = URL(fileURLWithPath: String(folder)).appendingPathComponent("swift").resolvingSymlinksInPath()
            let tools = swift.deletingLastPathComponent()
            let clang = tools.appendingPathComponent("clang")
            let disassembler = tools.appendingPathComponent("llvm-objdump")
            if [clang, disassembler].allSatisfy({ FileManager.default.isExecutableFile(atPath: $0.path) }) {
                return Toolchain(clang: clang, disassembler: disassembler)
            }
        }
        return nil
    }()

    /// The offset and the text of every instruction.
    func disassemble(_ bytes: [UInt8]) throws -> [(offset: Int, text: String)] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("encodings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("code.s")
        let object = folder.appendingPathComponent("code.o")
        let lines = stride(from: 0, to: bytes.count, by: 16).map { start in
            ".byte " + bytes[start..<min(start + 16, bytes.count)].map { "\($0)" }.joined(separator: ",")
        }
        try (lines.joined(separator: "\n") + "\n").write(to: source, atomically: true, encoding: .utf8)
        let target = "--target=x86_64-unknown-linux-gnu"
        _ = try run(clang, [target, "-c", source.path, "-o", object.path])
        return try run(disassembler, ["-d", "--no-show-raw-insn", object.path]).split(separator: "\n").compactMap(read)
    }

    /// A line `   1a: addl  %eax, %ebx  # comment`.
    private func read(_ line: Substring) -> (offset: Int, text: String)? {
        guard let colon = line.firstIndex(of: ":"), let offset = Int(line[..<colon].filter { $0 != " " }, radix: 16)
        else {
            return nil
        }
        let text = line[line.index(after: colon)...].prefix { $0 != "#" && $0 != "<" }
        return (offset, text.split { $0 == " " || $0 == "\t" }.joined(separator: " "))
    }

    private func run(_ tool: URL, _ arguments: [String]) throws -> Substring {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ToolFailed(status: process.terminationStatus) }
        return Substring(decoding: data, as: UTF8.self)
    }

    struct ToolFailed: Error { var status: Int32 }
}
