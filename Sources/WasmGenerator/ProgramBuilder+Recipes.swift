import WasmModel

/// Functions of a bounded program that are made by recipes, so that extreme signatures are called out of arbitrary code, and what throws.
extension ProgramBuilder {
    /// Adds the functions of up to two recipes, which are called as any others are, and whose exceptions can be caught.
    /// - Parameter aimed: a recipe that is one of them.
    mutating func addRecipes(_ profile: Profile, _ aimed: CaseRecipe?) {
        let maximum = min(maximumArity, scale.longestList)
        var recipes = [aimed].compactMap { $0 } + recipes(of: profile, maximumArity: maximum)
        // Each recipe has a table of its own, where it has any.
        if !features.contains(.referenceTypes) { recipes.removeAll { $0 != aimed || $0.usesTable } }
        recipes = recipes.prefix(2).map {
            var recipe = $0
            if canonicalisesNaNs, recipe.routing == .arithmetic { recipe.routing = .random }
            return recipe
        }
        // Imports have the first indices.
        let hosts = recipes.map { recipe -> FunctionIndex in
            guard recipe.effectiveEdges.contains(.hostImport) else { return 0 }
            declare(FunctionType(parameters: recipe.parameters, results: recipe.results))
            let index = signatures.count - 1
            module.imports.append(
                Import(module: "host", name: "f\(index)", type: .function(signatureIndices[index]))
            )
            return FunctionIndex(index)
        }
        for (recipe, host) in zip(recipes, hosts) { add(recipe, hostFunction: host) }
    }

    private mutating func add(_ recipe: CaseRecipe, hostFunction: FunctionIndex) {
        let tags = module.tags.count
        var generator = ModuleGenerator(recipe: recipe, in: module, hostFunction: hostFunction)
        let main = generator.addFunctions()
        module = generator.module
        for function in module.functions[(signatures.count - module.imports.count)...] {
            signatures.append(module.types[function.type.position].functionType ?? FunctionType())
            signatureIndices.append(function.type)
        }
        for tag in module.tags[tags...] {
            payloads.append(module.types[tag.position].functionType?.parameters ?? [])
        }
        exportedRecipes.append(main.position)
    }

    /// Adds a function of one parameter that throws an exception of the tag which the lower bits of the parameter are, where there is one, and
    /// returns otherwise.
    mutating func addThrower() {
        guard !payloads.isEmpty, decisions.oneIn(2) else { return }
        let index = signatures.count
        declare(FunctionType(parameters: [.i32]))
        thrower = index
        withOwnDecisions(of: Self.bytesOfFunction, as: .extraFunction) { builder in
            builder.begin(index, locals: [])
            builder.throwByParameter()
            builder.module.functions.append(builder.end(index, locals: []))
        }
    }

    /// The lower bits of the parameter of a function that throws.
    static let throwerMask: Int64 = 15

    private mutating func throwByParameter() {
        let tags = min(payloads.count, Int(Self.throwerMask))
        for _ in 0...tags { emit(.block, .block(.empty)) }
        emit(.localGet, .local(0))
        number(Self.throwerMask, .i32)
        emit(.i32And)
        emit(.brTable, .labelTable((0...tags).map { LabelIndex($0) }))
        emit(.end)
        for tag in 0..<tags {
            for type in payloads[tag] { push(type) }
            emit(.throw, .tag(TagIndex(tag)))
            stack = []
            emit(.end)
        }
    }
}
