import WasmModel

/// Gives exports names of one letter.
struct ShortenExportNames: ReductionPass {
    let name = "export names"
    let walk = ReductionWalk.anywhere

    private func positions(_ module: Module) -> [Int] {
        module.exports.indices.filter { module.exports[$0].name.utf8.count > 1 }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var taken = Set(subject.module.exports.map(\.name))
        var simpler = subject
        for position in positions(subject.module)[range] {
            guard let name = Self.names.first(where: { !taken.contains($0) }) else { return nil }
            taken.insert(name)
            let old = subject.module.exports[position].name
            simpler.module.exports[position].name = name
            for call in subject.invocations.indices where subject.invocations[call].export == old {
                simpler.invocations[call].export = name
            }
        }
        return simpler
    }

    private static let names = (Array("fghijklmnopqrstuvwxyz") + Array("abcde")).map { String($0) }
}
