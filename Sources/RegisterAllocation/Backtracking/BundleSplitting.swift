/// How the backtracking allocator cuts the lives of values into parts that get registers of their own.
///
/// The splitter parts anchors of different instructions from each other, and never those of one instruction. So whatever
/// lies within one instruction has to be minimal: otherwise it would be split into itself, again and again.
public struct BundleSplitting: Sendable {
    /// The points of a part in which all of these anchors get one register; they are in ascending order, and never none.
    public var merge: @Sendable (_ anchors: [Anchor]) -> Range<Int32>
    /// Whether the part with these points is minimal. What is minimal is not split and takes a register from whatever is
    /// not; where all registers belong to others that are minimal the problem has no solution.
    public var isMinimal: @Sendable (_ points: Range<Int32>) -> Bool

    /// Makes stages.
    public init(
        merge: @escaping @Sendable ([Anchor]) -> Range<Int32>,
        isMinimal: @escaping @Sendable (Range<Int32>) -> Bool
    ) {
        self.merge = merge
        self.isMinimal = isMinimal
    }

    /// From the beginning of the first anchor to the end of the last one; minimal within one instruction.
    public static let standard = BundleSplitting(
        merge: { anchors in
            anchors[0].from..<anchors.reduce(anchors[0].to) { max($0, $1.to) }
        },
        isMinimal: { points in points.lowerBound / 2 == (points.upperBound - 1) / 2 }
    )
}
