/// A `try_table` of flat code: the words that it protects, and what it catches.
///
/// Handlers of a function stand in the order in which their blocks end, so that an inner one comes before those around
/// it. Nothing is executed to enter or leave a protected range.
///
/// Spec: core 3.0, section 4.6.12 "Exception Handling".
struct InterpretedHandler {
    /// The first protected word.
    var start: Int
    /// The first word behind the protected ones.
    var end = 0
    /// In the order in which they are tried.
    var clauses: [ExceptionClause] = []
}

/// A clause of a `try_table`, with its label resolved.
struct ExceptionClause {
    /// The address of the tag that is caught; nil for every tag.
    var tag: UInt32?
    /// Whether the handler wants the values of the exception.
    var takesPayload: Bool
    /// Whether the handler wants the exception itself, behind the values.
    var takesReference: Bool
    /// Where the label expects its values, in slots of the frame.
    var slot: Int
    /// The word that goes on to the label.
    var landing: Int
}
