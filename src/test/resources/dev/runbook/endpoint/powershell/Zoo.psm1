# A script module as people write them: some functions that every shell must answer alike, and some that try what a host has to withstand.
[Console]::WriteLine('said while the module is loaded')
'written while the module is loaded'
enum Colour { Red = 1; Green = 2 }
$script:visits = 0
function Get-Private { "visit $script:visits" }
function Test-Visit { $script:visits++; Get-Private }
function Get-Animal {
  [CmdletBinding()] param([string] $Name)
  [pscustomobject] @{ Zeta = 1; Name = $Name; Colour = [Colour]::Green; Alpha = $null; Food = @('hay', 'oats'); Tame = $true; Weight = 1.5 }
}
function Set-Animal {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param(
    [Parameter(Mandatory)] [string] $Name, [ValidateSet('Wild', 'Tame')] [string] $Temper, [hashtable] $Marks, [switch] $Fed, [switch] $Force)
  if ($PSCmdlet.ShouldProcess($Name)) { "$Name $Temper $Fed" } else { 'nothing was done' }
}
function Set-Cages {
  [CmdletBinding()] param([Parameter(Mandatory)] [AllowNull()] [System.Management.Automation.PSListModifier[string]] $Cages)
  if ($null -eq $Cages) { 'null' } else { "add=$($Cages.Add -join '|') remove=$($Cages.Remove -join '|') replace=$($Cages.Replace -join '|')" }
}
function Get-Lost {
  [CmdletBinding()] param()
  $PSCmdlet.ThrowTerminatingError((New-Object System.Management.Automation.ErrorRecord ((New-Object InvalidOperationException 'it ran away'), 'AnimalLost', 'ObjectNotFound', $null)))
}
function Get-Plain($One, $Two) { "$One and $Two" }

function Get-Odd {
  [CmdletBinding()] param([string] $Kind)
  switch ($Kind) {
    'xml'     { [pscustomobject] @{ X = [xml] '<a><b>1</b></a>' } }
    'dbnull'  { [pscustomobject] @{ None = $null; Empty = [DBNull]::Value } }
    'numbers' { [pscustomobject] @{ Most = [uint64]::MaxValue; Nan = [double]::NaN; Inf = [double]::PositiveInfinity; Exact = [decimal]::MaxValue } }
    'lists'   { [pscustomobject] @{ Empty = @(); One = , 'x'; Nested = @(@(1, 2), @(3)); Nulls = @($null, 1) } }
    'cycle'   { $a = [pscustomobject] @{ Name = 'a'; Other = $null }; $a.Other = $a; $a }
    'throws'  { $o = [pscustomobject] @{ A = 1 }; $o | Add-Member ScriptProperty Bad { throw 'a bad getter' }; $o }
  }
}
function Get-Herd { [CmdletBinding()] param([int] $Count) 1..$Count | ForEach-Object { [pscustomobject] @{ Name = "animal $_"; Place = 'in the field'; Tame = $true; N = $_ } } }
function Invoke-Program { [CmdletBinding()] param() & /bin/sh -c 'echo to standard error >&2; echo to standard output'; 'done' }
function Invoke-Reader { [CmdletBinding()] param() & /bin/cat; "read [$([Console]::ReadLine())]" }
function Invoke-Line { [CmdletBinding()] param([string] $Program, [string] $Path, [string] $Name) & $Program -cp $Path $Name }
function Set-Preference {
  [CmdletBinding()] param()
  $global:ErrorActionPreference = 'SilentlyContinue'; $global:WhatIfPreference = $true; $global:ConfirmPreference = 'Low'
  $global:PSDefaultParameterValues = @{ 'Set-Animal:Temper' = 'Wild' }
}
function Write-Soft { [CmdletBinding()] param() Write-Error 'soft'; 'after' }
function Wait-Long {
  [CmdletBinding()] param([string] $Kind)
  Write-Warning 'waiting'
  switch ($Kind) { 'sleep' { Start-Sleep 60 } 'spin' { while ($true) { } } 'program' { & /bin/sleep 60 } 'thread' { [Threading.Thread]::Sleep(60000) } }
}
function Get-SlowHerd {
  [CmdletBinding()] param()
  1..1000 | ForEach-Object { [pscustomobject] @{ N = $_ } | Add-Member ScriptProperty Slow { Start-Sleep -Milliseconds 50; 1 } -PassThru }
  Write-Warning 'written'
}
function Stop-Shell { [CmdletBinding()] param() [Environment]::Exit(3) }
function Confirm-Animal { [CmdletBinding()] param() if ($PSCmdlet.ShouldContinue('Really?', 'Animal')) { 'yes' } else { 'no' } }
function Get-Kinds {
  [CmdletBinding()] param()
  [pscustomobject] @{
    Text = 'I i'; Half = 1.5; Exact = [decimal] 0.1; Long = [long]::MinValue; Byte = [byte] 7; Char = [char] 'x'
    Moment = [datetime]::new(2026, 11, 21, 3, 12, 9, [DateTimeKind]::Utc); Span = [timespan]::FromMinutes(90); Guid = [guid] '6f9619ff-8b86-d011-b42d-00c04fc964ff'
    Version = [version] '1.2.3'; Uri = [uri] 'https://fe01.litwareinc.com/'; Address = [ipaddress] '127.0.0.1'; Table = @{ A = 1 }; Type = [int]
    Typed = [System.Collections.Generic.List[string]] @('a', 'b'); Set = [System.Collections.Generic.HashSet[int]] @(1); Pool = [pscustomobject] @{ Fqdn = 'chat.litwareinc.com' }
  }
}
function Get-Variable { [CmdletBinding()] param([string] $Name) [pscustomobject] @{ Value = [Environment]::GetEnvironmentVariable($Name) } }
Export-ModuleMember -Function Test-Visit, Get-Animal, Set-Animal, Set-Cages, Get-Lost, Get-Plain, Get-Odd, Get-Herd, Get-SlowHerd, Invoke-Program, Invoke-Reader, Invoke-Line, Set-Preference, Write-Soft, Wait-Long, Get-Variable, Stop-Shell, Confirm-Animal, Get-Kinds
