import DecisionMutation
import WasmGenerator

/// Inputs of libFuzzer that decide cases, as the settings of this process's environment have it.
public enum DecisionInput {
    private static let settings = (try? WorkerSettings.ofEnvironment()) ?? WorkerSettings()

    /// Changes what some of the bytes decide, or decides all anew: bugs are found by what is new more than by what is like something that
    /// was new once, and what is new is kept if it reaches more.
    /// - Returns: nil where libFuzzer is to change the bytes: in one of ``shareOfBytes`` cases, where these decide nothing, and where no
    ///   change was found.
    public static func mutated(_ input: [UInt8], seed: UInt64, greatestSize: Int) -> [UInt8]? {
        mutated(input, seed: seed, settings.mutation(greatestSize: greatestSize))
    }

    static func mutated(_ input: [UInt8], seed: UInt64, _ mutation: DecisionMutation?) -> [UInt8]? {
        guard let mutation else { return nil }
        var random = SplitMix64(seed: seed)
        if random.next() % shareOfNew == 0 { return new(random.next()) }
        return random.next() % shareOfBytes > 0 ? mutation.mutated(input, seed: random.next()) : nil
    }

    /// An input that decides what a seed does.
    static func new(_ seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Puts a part of the second input into the first.
    /// - Returns: nil where libFuzzer is to change the bytes in another way: in all but one of ``shareOfCrossover`` cases, and where the
    ///   inputs have nothing in common.
    public static func crossed(_ first: [UInt8], with second: [UInt8], seed: UInt64, greatestSize: Int) -> [UInt8]? {
        var random = SplitMix64(seed: seed)
        guard let mutation = settings.mutation(greatestSize: greatestSize), random.next() % shareOfCrossover == 0 else {
            return nil
        }
        return mutation.crossed(first, with: second, seed: random.next())
    }

    /// Of so many inputs that libFuzzer asks the mutator for, one has nothing of another.
    private static let shareOfNew: UInt64 = 2
    /// Of so many changes that libFuzzer asks the mutator for, one is its own.
    private static let shareOfBytes: UInt64 = 4
    /// Of so many inputs that libFuzzer wants to be crossed, which is every second change, one is.
    private static let shareOfCrossover: UInt64 = 3
}

extension WorkerSettings {
    /// The changes of inputs; nil where these decide nothing.
    func mutation(greatestSize: Int) -> DecisionMutation? {
        if takesModules || takesRawBytes { return nil }
        return DecisionMutation(greatestSize: greatestSize) { decisions in
            _ = decidedCase(from: &decisions)
        }
    }
}
