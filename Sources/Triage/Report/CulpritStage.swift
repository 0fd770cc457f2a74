/// Which stage of a compiler in this program a failure needs, as engines without one stage each say.
public struct CulpritStage: Hashable, Sendable, Codable {
    /// The stages without which the failure is gone, for people; of one that is a part of another, the part alone.
    public var stages: [String]
    /// The functions each of which alone needs the first of the stages, by index; empty where it takes several together, or none.
    public var functions: [Int]
    /// Whether the same configuration fails in the same way for the other machine; nil where there is none.
    public var failsOnOtherMachine: Bool?
    /// Whether the case as it was found fails there, where the reduced one does not; nil where that was not asked.
    public var originalFailsOnOtherMachine: Bool?

    /// Whether the other machine has what looks like the same mistake.
    public var isOfBothMachines: Bool { failsOnOtherMachine == true || originalFailsOnOtherMachine == true }

    private enum CodingKeys: String, CodingKey {
        case stages = "stages"
        case functions = "functions"
        case failsOnOtherMachine = "failsOnOtherMachine"
        case originalFailsOnOtherMachine = "originalFailsOnOtherMachine"
    }

    /// `wrong since common subexpressions in function 3`, or where it is not.
    public var description: String {
        let machines =
            originalFailsOnOtherMachine == true ? "; as it was found the case fails for the other machine, too" : ""
        if stages.isEmpty {
            return failsOnOtherMachine == true
                ? "wrong whatever is left out, and for both machines: in what they share, such as translation, calls and stubs"
                : "wrong whatever is left out: in selection, encodings, frames or stubs of the machine" + machines
        }
        var text = "wrong since \(stages.joined(separator: " and "))"
        if !functions.isEmpty {
            let places = functions.map(String.init).joined(separator: " and ")
            text += " in function\(functions.count == 1 ? "" : "s") \(places)"
        }
        return text + (failsOnOtherMachine == true ? ", for both machines" : machines)
    }
}
