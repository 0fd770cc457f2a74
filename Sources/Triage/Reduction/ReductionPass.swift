/// A way of making a failing case simpler, which only proposes: ``Reducer`` alone runs engines and decides.
///
/// A pass sees a subject as lists of parts that can be taken away, and says what the subject is without some of them. To add one, write
/// a file and a line in ``RecipeReduction/passes`` or ``ModuleReduction/passes``.
public protocol ReductionPass<Subject>: Sendable {
    /// What is made simpler: a recipe or a module with its calls.
    associatedtype Subject: Sendable
    /// For progress, e.g. `results`.
    var name: String { get }
    /// In which order parts are taken away.
    var walk: ReductionWalk { get }
    /// The number of parts in each of the subject's lists; linear in the size of the subject.
    func listSizes(of subject: Subject) -> [Int]
    /// The subject without the parts of a range of one of its lists; linear in the size of the subject.
    ///
    /// The parts before the range must keep their numbers. The proposal need not be valid.
    /// - Returns: nil where there is no such subject.
    func proposal(for subject: Subject, list: Int, removing range: Range<Int>) -> Subject?
}

/// In which order the parts of a list are taken away.
public enum ReductionWalk: Hashable, Sendable {
    /// Ranges anywhere, first the whole list, then halves, and so on down to single parts, from the end.
    case anywhere
    /// The tail of the list only: how much can stay away is found by bisection.
    case tail
}
