import FuzzChecks

FuzzTarget.run { InterpretCheck.check($0) }
