extension CampaignSummary {
    /// What is to be told of engines in which nothing was compared, as nobody should take them for tested.
    /// - Parameter explained: the names of those of which it is told already.
    func problemsOfIdleEngines(except explained: Set<String>) -> [Problem] {
        let idle = engines.filter { $0.value.verdicts.comparisons == 0 && !explained.contains($0.key) }
        let isAsked = { (name: String) in (engines[name]?.verdicts.runs ?? 0) > 0 }
        let names = idle.keys.sorted()
        return [
            (names.filter { !isAsked($0) }, "no case came to its end there; more --time or --cases may help"),
            (names.filter(isAsked), "every case was refused or undecided"),
        ].compactMap { names, reason in
            names.isEmpty
                ? nil : Problem(text: "nothing was compared in \(names.joined(separator: ", ")): \(reason)")
        }
    }
}
