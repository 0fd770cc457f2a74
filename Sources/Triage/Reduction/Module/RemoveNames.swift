import WasmModel

/// Removes names, custom sections and the count of data segments, which only code needs that refers to them.
struct RemoveNames: ReductionPass {
    let name = "names"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        [
            subject.module.names.isEmpty ? 0 : 1, subject.module.customSections.count,
            subject.module.dataCount == nil || subject.module.refersToData ? 0 : 1,
        ]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        switch list {
        case 0: simpler.module.names = ModuleNames()
        case 1: simpler.module.customSections.removeSubrange(range)
        default: simpler.module.dataCount = nil
        }
        return simpler
    }
}

extension Module {
    /// Whether code refers to data segments, which are not known yet where it is validated.
    ///
    /// Spec: core 3.0, section 5.5.15 "Data Count Section".
    fileprivate var refersToData: Bool {
        functions.contains { function in
            function.body.contains { instruction in
                switch instruction.immediate {
                case .data, .dataAndMemory, .typeAndData: true
                default: false
                }
            }
        }
    }
}
