/// A place of an observation, in the runs with the oracle's NaN and with each ``NaNChoice``.
struct AllowedRuns<Content> {
    var expected: Content
    var negative: Content
    var arithmetic: Content
    /// As ``expected`` where NaNs need not be mixed to be seen.
    var mixed: Content

    var all: [Content] { [expected, negative, arithmetic, mixed] }

    /// A part of the place.
    func map<Part>(_ part: (Content) -> Part) -> AllowedRuns<Part> {
        AllowedRuns<Part>(
            expected: part(expected),
            negative: part(negative),
            arithmetic: part(arithmetic),
            mixed: part(mixed)
        )
    }
}

extension AllowedRuns where Content: Equatable {
    /// Whether NaNs do not show in the place.
    var isExact: Bool { expected == negative && expected == arithmetic && expected == mixed }
}
