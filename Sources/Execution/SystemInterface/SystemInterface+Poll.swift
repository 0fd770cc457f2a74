/// Waiting for a time or for a stream, in the time of ``SystemClock``.
///
/// Source: WASI snapshot preview 1, `typenames.witx`, `$subscription` and `$event`.
extension SystemInterface {
    private struct Subscription {
        enum Wanted {
            case time(clock: UInt64, UInt64, isAbsolute: Bool)
            /// To read or to write.
            case stream(UInt64, SystemDescriptor.Rights)
        }

        static let byteCount: UInt64 = 48

        var userData: UInt64
        /// The number of the kind of event.
        var kind: UInt8
        var wanted: Wanted

        init?(at address: UInt64, _ memory: SystemMemory) {
            guard let userData = memory.load(UInt64.self, at: address),
                let kind = memory.load(UInt8.self, at: address + 8),
                let name = memory.load(UInt32.self, at: address + 16),
                let timeout = memory.load(UInt64.self, at: address + 24),
                let flags = memory.load(UInt16.self, at: address + 40)
            else { return nil }
            self.userData = userData
            self.kind = kind
            switch kind {
            case 0: wanted = .time(clock: UInt64(name), timeout, isAbsolute: flags & 1 != 0)
            case 1: wanted = .stream(UInt64(name), .read)
            case 2: wanted = .stream(UInt64(name), .write)
            case _: return nil
            }
        }
    }

    private struct Event {
        static let byteCount: UInt64 = 32

        var error = SystemErrorNumber.success
        /// What can be read or written at once.
        var byteCount: UInt64 = 0
        /// Whether nobody is at the other end.
        var isAtEnd = false

        func words(for subscription: Subscription) -> [UInt64] {
            [
                subscription.userData, UInt64(error.rawValue) | UInt64(subscription.kind) << 16, byteCount,
                isAtEnd ? 1 : 0,
            ]
        }
    }

    /// Waits until one of the events occurs, and tells all that have occurred then, in the order of the subscriptions.
    ///
    /// Streams are always ready, and what cannot be waited for is an event that says so; else the clock goes to the first time that is waited
    /// for.
    func poll(_ numbers: [UInt64], _ memory: SystemMemory, _ effects: inout Effects) -> SystemErrorNumber {
        let (input, output, count, countAddress) = (numbers[0], numbers[1], numbers[2], numbers[3])
        guard count > 0, count <= Self.mostVectors else { return .invalid }
        guard memory.isWithin(input, count * Subscription.byteCount), memory.isWithin(output, count * Event.byteCount),
            memory.isWithin(countAddress, 4)
        else { return .fault }
        effects.byteCount = count * Subscription.byteCount
        var subscriptions: [Subscription] = []
        for position in 0..<count {
            guard let subscription = Subscription(at: input + position * Subscription.byteCount, memory) else {
                return .invalid
            }
            subscriptions.append(subscription)
        }
        let now = clock.ask()
        var events: [Event?] = subscriptions.map { subscription in
            switch subscription.wanted {
            case .time(let clock, _, _): SystemClock.exists(clock) ? nil : Event(error: .invalid)
            case .stream(let descriptor, let right): event(of: descriptor, right)
            }
        }
        let times = subscriptions.map { subscription -> UInt64 in
            switch subscription.wanted {
            case .time(_, let time, let isAbsolute): isAbsolute ? time : SystemClock.later(now, by: time)
            case .stream: .max
            }
        }
        var end = now
        if events.allSatisfy({ $0 == nil }) {
            end = max(now, times.min() ?? now)
            clock.wait(until: end)
        }
        for (position, time) in times.enumerated() where events[position] == nil && time <= end {
            events[position] = Event()
        }
        var next = output
        for (subscription, event) in zip(subscriptions, events) {
            guard let event else { continue }
            guard memory.store(event.words(for: subscription), at: next) else { return .fault }
            next += Event.byteCount
        }
        return memory.store(UInt32((next - output) / Event.byteCount), at: countAddress) ? .success : .fault
    }

    private func event(of descriptor: UInt64, _ right: SystemDescriptor.Rights) -> Event {
        guard let open = descriptors[descriptor] else { return Event(error: .badDescriptor) }
        guard open.rights.isSuperset(of: [right, .poll]) else { return Event(error: .notCapable) }
        return right == .read ? Event(isAtEnd: true) : Event(byteCount: UInt64(Self.mostBytes))
    }
}
