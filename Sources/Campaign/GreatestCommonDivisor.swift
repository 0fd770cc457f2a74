extension Int {
    /// The greatest number that divides two numbers, neither of which is negative; the other one where one of them is zero.
    static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        second == 0 ? first : greatestCommonDivisor(second, first % second)
    }
}
