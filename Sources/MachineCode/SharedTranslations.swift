import SSA
import Synchronization
import WasmFormats

/// The functions of the last modules in SSA form, for all compilers that share them: translation and optimisation know no machine.
///
/// A pipeline takes part with the stages that nobody has replaced in it, see ``PipelineConfiguration/translate``: what a replaced stage makes
/// is neither put here, nor does it stand in for a stage that was not replaced.
public final class SharedTranslations: Sendable {
    /// What was asked for of one module so far.
    private struct Entry: Sendable {
        let translator: ModuleTranslator
        /// By the position of the definition.
        var translated: [IRFunction?]
        var optimized: [IRFunction?]
    }

    /// A module, one whose functions its host lends to it, and one of another thread.
    private static let rememberedCount = 3

    /// The last module that was begun comes first.
    private let entries = Mutex<[Entry]>([])

    /// Makes a place where nothing is shared yet.
    public init() {}

    /// What translates the functions of a module.
    func translator(of module: ValidatedModule) -> ModuleTranslator {
        entries.withLock { entries in
            if let position = entries.firstIndex(where: { $0.translator.module === module }) {
                if position > 0 { entries.insert(entries.remove(at: position), at: 0) }
                return entries[0].translator
            }
            let none = [IRFunction?](repeating: nil, count: module.module.functions.count)
            let translator = ModuleTranslator(module)
            entries.insert(Entry(translator: translator, translated: none, optimized: none), at: 0)
            if entries.count > Self.rememberedCount { entries.removeLast() }
            return translator
        }
    }

    /// A function as it was translated before, or as it is made now.
    func translated(
        _ translator: ModuleTranslator,
        _ position: Int,
        make: () throws(TranslationError) -> IRFunction
    ) throws(TranslationError) -> IRFunction {
        try function(translator, position, \.translated, make)
    }

    /// A function as it was optimised before, or as it is made now.
    func optimized(
        _ translator: ModuleTranslator,
        _ position: Int,
        make: () throws(TranslationError) -> IRFunction
    ) throws(TranslationError) -> IRFunction {
        try function(translator, position, \.optimized, make)
    }

    private func function(
        _ translator: ModuleTranslator,
        _ position: Int,
        _ stage: WritableKeyPath<Entry, [IRFunction?]> & Sendable,
        _ make: () throws(TranslationError) -> IRFunction
    ) throws(TranslationError) -> IRFunction {
        let known = entries.withLock { entries -> IRFunction? in
            entries.first { $0.translator.module === translator.module }?[keyPath: stage][position]
        }
        if let known { return known }
        let made = try make()
        entries.withLock { entries in
            guard let entry = entries.firstIndex(where: { $0.translator.module === translator.module }) else { return }
            entries[entry][keyPath: stage][position] = made
        }
        return made
    }
}
