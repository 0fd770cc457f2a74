import Foundation
import FunctionNames
import Testing
import TrapReport

/// Functions of this program by their addresses and by their symbols.
@Suite struct FunctionNameTests {
    #if os(Linux)
        @Test func `an address in this program's file has the name of its function`() throws {
            let symbols = try #require(FunctionSymbols(path: "/proc/self/exe"))
            let function: @convention(c) () -> Void = trap_report_install
            let address = trap_report_address_in_file(unsafeBitCast(function, to: UnsafeRawPointer.self))
            try #require(address != 0)
            #expect(symbols.name(at: Int(address)) == "trap_report_install")
        }

        @Test func `who calls is named, innermost first`() throws {
            let names = named().map(\.name)
            let inner = try #require(names.firstIndex { $0.hasSuffix("named") })
            #expect(names[(inner + 1)...].contains { $0.contains("FunctionNameTests") })
        }

        /// A function with a name of its own.
        @inline(never) private func named() -> [Callers.Caller] { Callers.all() }
    #endif

    @Test(arguments: [
        ("main", "main"),
        ("$s3SSA15ConstantFoldingO11rotateRightys5Int64VAF_AFtFZ", "ConstantFolding.rotateRight"),
        (
            "$s3SSA15ConstantFoldingO11rotateRight33_0123456789ABCDEF0123456789ABCDEFLLys5Int64VAG_AGtFZ",
            "ConstantFolding.rotateRight"
        ),
        ("merged static SSA.(Builder in _0123).add(Swift.Int) -> ()", "Builder.add"),
        (
            "@objc closure #3 (Swift.Int) -> () in static FuzzChecks.FuzzTarget.run((Swift.Int) -> ()) -> ()",
            "FuzzTarget.run"
        ),
        ("closure #1 () -> () in closure #2 () -> () in SSA.Builder.add<A>(A) -> ()", "Builder.add"),
        ("insert #1 () -> () in SSA.Builder.add() -> ()", "Builder.add"),
        (
            "(2) suspend resume partial function for closure #1 () async -> () in SSA.Builder.add() async -> ()",
            "Builder.add"
        ),
        ("(extension in Listing):SSA.Builder.add() -> ()", "Builder.add"),
        (
            "function signature specialization <Arg[0] = Dead> of generic specialization <Swift.Int> of SSA.Builder.add<A>(A) -> ()",
            "Builder.add"
        ),
    ])
    func `the short name of a symbol has the type and the function`(symbol: String, name: String) {
        #expect(FunctionName.short(ofSymbol: symbol) == name)
    }

    @Test func `what is no ELF file has no symbols, however it begins`() throws {
        let path = NSTemporaryDirectory() + "symbols-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FunctionSymbols(path: path) == nil)
        var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1] + [UInt8](repeating: 0xFF, count: 300)
        for length in [0, 5, 63, 64, 306] {
            try Data(header.prefix(length)).write(to: URL(fileURLWithPath: path))
            #expect(FunctionSymbols(path: path) == nil, "\(length) bytes")
        }
        // A table of sections near the end of the address space.
        header[0x2F] = 0x7F
        try Data(header).write(to: URL(fileURLWithPath: path))
        #expect(FunctionSymbols(path: path) == nil)
        // Sections that begin in the file and end beyond it.
        header[0x28] = 64
        for offset in 0x29..<0x30 { header[offset] = 0 }
        (header[0x3A], header[0x3B], header[0x3C], header[0x3D]) = (64, 0, 4, 0)
        try Data(header).write(to: URL(fileURLWithPath: path))
        #expect(FunctionSymbols(path: path) == nil)
    }
}
