import TrapReport

/// Who has called the function that asks.
public enum Callers {
    /// One of them, where it is known.
    public struct Caller: Hashable, Sendable {
        /// In the executable's file.
        public let address: Int
        /// The short name, e.g. `ConstantFolding.rotateRight`.
        public let name: String
    }

    /// The functions of this program that are being run, innermost first, as far as its own file names them; empty where the platform is not
    /// ELF, or where the file cannot be read.
    ///
    /// Reads the symbols each time: this is for a process that is about to end.
    public static func all() -> [Caller] {
        var addresses = [UInt64](repeating: 0, count: 64)
        let count = Int(trap_report_callers(&addresses, Int32(addresses.count)))
        guard count > 0, let symbols = FunctionSymbols(path: "/proc/self/exe") else { return [] }
        return addresses[..<count].compactMap { address in
            guard let address = Int(exactly: address), let symbol = symbols.name(at: address) else { return nil }
            let name = FunctionName.short(ofSymbol: symbol)
            return Caller(address: address, name: name.isEmpty ? symbol : name)
        }
    }
}
