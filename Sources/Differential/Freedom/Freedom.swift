import Execution
import WasmModel

/// All that the specification allows of a run: what the oracle does, and what it does where another choice is open.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation, and section 4.3.6 "Relaxed Operations".
struct Freedom: Sendable {
    /// A behaviour for each way in which relaxed instructions may work, that of the deterministic profile first; at least one.
    var behaviours: [AllowedBehaviour]
    /// Whether there are more ways than were tried, so that a difference proves nothing.
    var isCutShort = false

    /// Whether there are instructions that make NaNs.
    var hasNaNs = false

    /// Whether it can be seen which NaNs instructions make.
    var showsNaNs: Bool { behaviours.contains { $0.otherNaNs != nil } }
}

/// What a program does with one choice of what relaxed instructions do.
struct AllowedBehaviour: Sendable {
    /// With the positive canonical NaN, which the oracle makes.
    var observation: Observation
    /// With other NaNs; nil where none that an instruction makes can be seen.
    var otherNaNs: OtherNaNs?

    /// The same program with each of the other choices of NaNs.
    struct OtherNaNs: Sendable {
        /// See ``NaNChoice/negative``.
        var negative: Observation
        /// See ``NaNChoice/arithmetic``.
        var arithmetic: Observation
        /// See ``NaNChoice/contrary``.
        var contrary: Observation
        /// One of ``NaNChoice/mixtures`` with which the program does something else, where it does so with none of the others.
        var mixed: Observation?

        var all: [Observation] { [negative, arithmetic, contrary] + (mixed.map { [$0] } ?? []) }

        /// Those by which places are told apart, beside what the oracle does by itself.
        func runs(beside expected: Observation) -> AllowedRuns<Observation> {
            AllowedRuns(expected: expected, negative: negative, arithmetic: arithmetic, mixed: mixed ?? expected)
        }
    }
}
