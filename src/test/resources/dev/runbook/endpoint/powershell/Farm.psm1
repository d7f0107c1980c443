# A second module, which has one function of the first.
function Get-Animal { [CmdletBinding()] param([string] $Name) [pscustomobject] @{ Name = "$Name of the farm" } }
function Get-Barn { [CmdletBinding()] param() [pscustomobject] @{ Name = 'barn' } }
