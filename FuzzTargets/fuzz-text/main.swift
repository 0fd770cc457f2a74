import FuzzChecks

FuzzTarget.run { TextCheck.check($0) }
