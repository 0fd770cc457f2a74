import ARM64Simulator
import Testing

@Suite struct InstructionTableTests {
    @Test(arguments: InstructionTable.groups.indices)
    func `every instruction changes exactly the registers that it should`(group: Int) throws {
        let lines = InstructionTable.groups[group].rows.split(separator: "\n")
        #expect(lines.count > 20)
        for line in lines {
            let row = try #require(InstructionRow(line), "unreadable row: \(line)")
            let machine = try Machine([row.word])
            let simulator = machine.simulator
            for number in 0..<31 where number != 30 {
                simulator.x[number] = InstructionRow.startValue(ofGeneral: number)
            }
            for number in 0..<32 {
                simulator.v[number] = Vector128(
                    low: InstructionRow.startLow(ofVector: number),
                    high: InstructionRow.startHighOfVectors
                )
            }
            simulator.sp = InstructionRow.startStackPointer
            apply(row.before, to: simulator)
            let stop = machine.run()
            #expect(stop == .returned, "\(row.assembly)")

            let expected = ARM64Simulator()
            for number in 0..<31 { expected.x[number] = InstructionRow.startValue(ofGeneral: number) }
            expected.x[30] = ARM64Simulator.returnAddress
            for number in 0..<32 {
                expected.v[number] = Vector128(
                    low: InstructionRow.startLow(ofVector: number),
                    high: InstructionRow.startHighOfVectors
                )
            }
            expected.sp = InstructionRow.startStackPointer
            apply(row.before, to: expected)
            apply(row.after, to: expected)
            #expect(differences(simulator, expected) == [], "\(line)")
        }
    }

    private func apply(_ values: [(register: String, low: UInt64, high: UInt64)], to simulator: ARM64Simulator) {
        for (register, low, high) in values {
            switch (register.first, Int(register.dropFirst())) {
            case ("x", .some(let number)): simulator.x[number] = low
            case ("v", .some(let number)): simulator.v[number] = Vector128(low: low, high: high)
            default:
                if register == "sp" { simulator.sp = low } else { simulator.nzcv = UInt8(low) }
            }
        }
    }

    private func differences(_ actual: ARM64Simulator, _ expected: ARM64Simulator) -> [String] {
        var result: [String] = []
        for number in 0..<31 where actual.x[number] != expected.x[number] {
            result.append("x\(number)=\(String(actual.x[number], radix: 16))")
        }
        for number in 0..<32 where actual.v[number] != expected.v[number] {
            let value = actual.v[number]
            result.append("v\(number)=\(String(value.high, radix: 16))_\(String(value.low, radix: 16))")
        }
        if actual.sp != expected.sp { result.append("sp=\(String(actual.sp, radix: 16))") }
        if actual.nzcv != expected.nzcv { result.append("nzcv=\(actual.nzcv)") }
        return result
    }
}
