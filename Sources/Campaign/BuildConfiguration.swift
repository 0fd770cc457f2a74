/// How this program was built.
enum BuildConfiguration {
    /// How much slower its engines are than in a build with optimisation.
    static let slowness = _isDebugAssertConfiguration() ? 40 : 1
}
