import WasmGenerator

/// How much of what crosses one edge with one arity was met.
public struct DomainSquare: Hashable, Sendable {
    /// A number of places, and how many of them were met.
    public struct Share: Hashable, Sendable {
        public var possible: Int
        public var met: Int

        /// Makes a share.
        public init(possible: Int = 0, met: Int = 0) {
            self.possible = possible
            self.met = met
        }

        fileprivate mutating func add(isMet: Bool) {
            possible += 1
            met += isMet ? 1 : 0
        }
    }

    public let edge: Edge
    public let arity: ArityBucket
    /// With whatever outcome.
    public fileprivate(set) var places = Share()
    public fileprivate(set) var outcomes: [DomainOutcome: Share] = [:]
    /// How often engines refused a case there.
    public fileprivate(set) var refusals = 0
}

extension DomainSummary {
    /// An edge by an arity each, in the order in which both are declared; only those where something is possible, or was refused.
    public var squares: [DomainSquare] {
        var squares: [[DomainSquare]] = Edge.allCases.map { edge in
            ArityBucket.allCases.map { DomainSquare(edge: edge, arity: $0) }
        }
        func change(_ place: DomainPlace, _ body: (inout DomainSquare) -> Void) {
            guard let edge = Edge.allCases.firstIndex(of: place.cell.edge),
                let arity = ArityBucket.allCases.firstIndex(of: place.cell.arity)
            else { return }
            body(&squares[edge][arity])
        }
        func add(_ place: DomainPlace, isMet: Bool) {
            change(place) {
                $0.places.add(isMet: isMet)
                $0.outcomes[place.outcome, default: DomainSquare.Share()].add(isMet: isMet)
            }
        }
        let unforeseen = Set(Self.places(of: unforeseen))
        for (number, counts) in map.counts {
            guard let place = DomainPlace(number: number) else { continue }
            if place.outcome == .refused {
                // A file may hold any numbers.
                change(place) {
                    $0.refusals = counts.reduce($0.refusals) { $0.addingReportingOverflow($1).partialValue }
                }
            } else if !unforeseen.contains(place) {
                add(place, isMet: true)
            }
        }
        for place in Self.places(of: notMet) { add(place, isMet: false) }
        return squares.joined().filter { $0.places.possible > 0 || $0.refusals > 0 }
    }

    private static func places(of outcomes: [String: [String]]) -> [DomainPlace] {
        outcomes.flatMap { cell, outcomes in outcomes.compactMap { DomainPlace(text: "\(cell) \($0)") } }
    }
}
