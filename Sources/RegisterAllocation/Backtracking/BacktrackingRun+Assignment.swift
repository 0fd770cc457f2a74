/// Giving registers: eviction and splitting.
extension BacktrackingRun {
    mutating func assignRegisters() throws(AllocationError) {
        var evicted: [Int32] = []
        while let bundle = queue.pop() {
            let search = search(bundle)
            if let register = search.free {
                assign(register, to: bundle)
            } else if let register = search.cheapest {
                evicted.removeAll(keepingCapacity: true)
                for position in pool.bundles[Int(bundle)].ranges {
                    timeline.appendBundles(in: register, pool.ranges[position], to: &evicted)
                }
                for victim in evicted where pool.bundles[Int(victim)].register == register { evict(victim) }
                assign(register, to: bundle)
            } else {
                try split(bundle, before: search.firstObstacle)
            }
        }
    }

    private struct Search {
        /// A register in which nothing is in the way.
        var free: UInt8?
        /// The register in which all that is in the way weighs less, and least.
        var cheapest: UInt8?
        /// The latest point up to which some register is free.
        var firstObstacle = Int32.min
    }

    private func search(_ index: Int32) -> Search {
        let bundle = pool.bundles[Int(index)]
        let registers = allocatable[Int(bundle.registerClass.rawValue)]
        var search = Search()
        if let barrier = firstBarrier(in: bundle) {
            search.firstObstacle = barrier
            return search
        }
        var cheapest = bundle.weight
        // First the hint, then all registers, in an order that differs from bundle to bundle.
        var position = bundle.hint == Self.noRegister ? 0 : -1
        let offset = registers.isEmpty ? 0 : Int(index) % registers.count
        while position < registers.count {
            var register = bundle.hint
            if position >= 0 {
                let rotated = position + offset
                register = registers[rotated < registers.count ? rotated : rotated - registers.count]
            }
            position += 1
            let found = timeline.obstacles(register, pool.ranges, bundle.ranges, lighterThan: cheapest)
            if found.first == Int32.max {
                search.free = register
                return search
            }
            search.firstObstacle = max(search.firstObstacle, found.first)
            if found.weight < cheapest {
                cheapest = found.weight
                search.cheapest = register
            }
        }
        return search
    }

    /// The first point of a bundle at which an instruction overwrites all registers that it could have.
    ///
    /// Bundles are formed between such points, so that only what is minimal and in the way of one is found here.
    private func firstBarrier(in bundle: Bundle) -> Int32? {
        for position in bundle.ranges {
            let range = pool.ranges[position]
            let barrier = barrier(from: range.from, bundle.registerClass)
            if barrier < range.to { return barrier }
        }
        return nil
    }

    private mutating func assign(_ register: UInt8, to index: Int32) {
        pool.bundles[Int(index)].register = register
        let weight = pool.bundles[Int(index)].weight
        for position in pool.bundles[Int(index)].ranges {
            let range = pool.ranges[position]
            timeline.reserve(register, range.from, range.to, owner: index, weight: weight)
        }
    }

    private mutating func evict(_ index: Int32) {
        let bundle = pool.bundles[Int(index)]
        for position in bundle.ranges {
            let range = pool.ranges[position]
            timeline.release(bundle.register, range.from, range.to, owner: index)
        }
        pool.bundles[Int(index)].register = Self.noRegister
        queue.push(index, priority: bundle.length)
    }

    /// Cuts a bundle in two before a point, or gives its anchors a register each; what needs no register gets none.
    private mutating func split(_ index: Int32, before point: Int32) throws(AllocationError) {
        let bundle = pool.bundles[Int(index)]
        let ranges = Array(pool.ranges[bundle.ranges])
        let anchors = anchors(in: ranges[...])
        guard let first = anchors.first else { return }
        if bundle.weight >= Bundle.unsplittableWeight { throw outOfRegisters(at: first, ranges) }
        var child = bundle
        if bundle.generation < Bundle.lastGeneration {
            child.generation += 1
        } else {
            var group: [Anchor] = []
            for anchor in anchors {
                if let last = group.last, last.from / 2 != anchor.from / 2 {
                    addPiece(of: child, ranges[...], group, isExtended: false)
                    group.removeAll(keepingCapacity: true)
                }
                group.append(anchor)
            }
            addPiece(of: child, ranges[...], group, isExtended: false)
            return
        }
        var count = anchors.prefix { $0.to <= point }.count
        if count == 0 { count = anchors.prefix { $0.from / 2 == first.from / 2 }.count }
        // Where both halves would lie in the anchors of one instruction, they stay together.
        while count < anchors.count && count > 1 && anchors[count].from / 2 == anchors[count - 1].from / 2 {
            count -= 1
        }
        if count < anchors.count && anchors[count].from / 2 == anchors[count - 1].from / 2 {
            count = anchors.prefix { $0.from / 2 == first.from / 2 }.count
        }
        addPiece(of: child, ranges[...], Array(anchors[..<count]), isExtended: false)
        if count < anchors.count { addPiece(of: child, ranges[...], Array(anchors[count...]), isExtended: false) }
    }

    private func outOfRegisters(at anchor: Anchor, _ ranges: [LiveRange]) -> AllocationError {
        let instruction = Int(anchor.from / 2)
        let operands = problem.instructions[instruction].operands
        let operand = operands.first { position in
            ranges.contains { $0.value == Int32(problem.operands[position].register.index) }
        }
        return .outOfRegisters(
            instruction: instruction,
            operand: (operand ?? operands.lowerBound) - operands.lowerBound,
            problem.registerKinds[Int(ranges[0].value)].registerClass
        )
    }
}
