# A script module with the cmdlets of the management tools. Each hands its parameters to the simulated shell of an estate, whose port and
# token stand in the file "shell-door" beside this module, and makes of the answer what the real cmdlets write: objects, enums, lists,
# moments, error records.
enum PoolState { Normal = 0; FailedOver = 1 }
enum ServiceStatus { Stopped = 1; Running = 4 }
$script:invariant = [Globalization.CultureInfo]::InvariantCulture
$script:stream = $null
$script:count = 0

function Write-Line([string] $text) {
  $bytes = [Text.Encoding]::ASCII.GetBytes($text + "`n")
  $script:stream.Write($bytes, 0, $bytes.Length); $script:stream.Flush()
}
function Read-Answer {
  while ($true) {
    $line = $script:reader.ReadLine()
    if ($null -eq $line) { $script:stream = $null; throw 'the estate is gone' }
    if ($line.StartsWith('feed ')) { return ConvertFrom-Json -InputObject $line.Substring(5) }
  }
}
function Open-Estate {
  $port, $token = (Get-Content -LiteralPath (Join-Path $PSScriptRoot 'shell-door') -Raw).Trim() -split ' ', 2
  $client = New-Object System.Net.Sockets.TcpClient ('127.0.0.1', [int] $port)
  $script:stream = $client.GetStream()
  $script:reader = New-Object System.IO.StreamReader ($script:stream, [Text.Encoding]::ASCII)
  $command = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("& host 'feed'"))
  $arguments = @('-EncodedCommand', $command) | ForEach-Object { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_)) }
  Write-Line ($token + ($arguments -join ' '))
  Write-Line ([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('host')))
  [void] (Read-Answer)
  Write-Line '{"id":"0","op":"open","modules":["SkypeForBusiness"]}'
  [void] (Read-Answer)
}
function ConvertTo-Wire($value) {
  if ($null -eq $value) { return $null }
  if ($value -is [switch]) { return [bool] $value }
  if ($value -is [bool]) { return $value }
  if ($value -is [System.Management.Automation.PSListModifier]) {
    $table = @{}
    if ($value.Add.Count) { $table['Add'] = @($value.Add | ForEach-Object { 's:' + $_ }) }
    if ($value.Remove.Count) { $table['Remove'] = @($value.Remove | ForEach-Object { 's:' + $_ }) }
    if (-not $table.Count) { $table['Replace'] = @($value.Replace | ForEach-Object { 's:' + $_ }) }
    return $table
  }
  return 's:' + [string] $value
}
function ConvertFrom-Wire($value, [string] $name) {
  if ($null -eq $value -or $value -is [bool]) { return $value }
  if ($value -is [array]) { return ,@($value | ForEach-Object { ConvertFrom-Wire $_ $name }) }
  if ($value -isnot [string]) {
    $row = [ordered] @{}
    foreach ($property in $value.PSObject.Properties) { $row[$property.Name] = ConvertFrom-Wire $property.Value $property.Name }
    return [pscustomobject] $row
  }
  $text = $value.Substring(2)
  switch ($value.Substring(0, 2)) {
    'i:' { return [long]::Parse($text, $script:invariant) }
    'n:' { return [decimal]::Parse($text, $script:invariant) }
    't:' { return [datetime]::Parse($text, $script:invariant, [Globalization.DateTimeStyles]::RoundtripKind) }
    'u:' { return [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String($text)) }
  }
  if ($name -eq 'PoolState') { return [PoolState] $text }
  if ($name -eq 'Status') { return [ServiceStatus] $text }
  return $text
}
function Invoke-Estate($cmdlet, $bound) {
  if ($null -eq $script:stream) { Open-Estate }
  $parameters = @{}
  foreach ($key in $bound.Keys) {
    if ([System.Management.Automation.Cmdlet]::CommonParameters -contains $key -or [System.Management.Automation.Cmdlet]::OptionalCommonParameters -contains $key) { continue }
    $parameters[$key] = ConvertTo-Wire $bound[$key]
  }
  $id = [string] (++$script:count)
  Write-Line (ConvertTo-Json -Compress -Depth 6 @{ id = $id; cmdlet = $cmdlet.MyInvocation.MyCommand.Name; parameters = $parameters })
  do {
    $answer = Read-Answer
    if ($answer.warning) { Write-Warning (ConvertFrom-Wire $answer.warning '') }
    if ($answer.progress) { Write-Progress -Activity (ConvertFrom-Wire $answer.progress.activity '') -Status (ConvertFrom-Wire $answer.progress.status '') -PercentComplete $answer.progress.percent }
  } while ($null -eq $answer.ok)
  if (-not $answer.ok) {
    $e = $answer.errors[0]
    $id = (ConvertFrom-Wire $e.id '').Split(',')[0]
    $cmdlet.ThrowTerminatingError((New-Object System.Management.Automation.ErrorRecord ((New-Object InvalidOperationException (ConvertFrom-Wire $e.message '')), $id, (ConvertFrom-Wire $e.category ''), $null)))
  }
  foreach ($row in $answer.rows) { ConvertFrom-Wire $row '' }
}

function Get-CsPool { [CmdletBinding()] param([string] $Identity) Invoke-Estate $PSCmdlet $PSBoundParameters }
function Get-CsService {
  [CmdletBinding(DefaultParameterSetName = 'Identity')] param(
    [Parameter(ParameterSetName = 'Identity')] [string] $Identity,
    [Parameter(ParameterSetName = 'Chat', Mandatory)] [switch] $PersistentChatServer,
    [Parameter(ParameterSetName = 'Database', Mandatory)] [switch] $PersistentChatDatabase,
    [Parameter(ParameterSetName = 'Compliance', Mandatory)] [switch] $PersistentChatComplianceDatabase,
    [string] $PoolFqdn)
  Invoke-Estate $PSCmdlet $PSBoundParameters
}
function Get-CsPersistentChatState { [CmdletBinding()] param([string] $Identity, [switch] $LocalStore) Invoke-Estate $PSCmdlet $PSBoundParameters }
function Set-CsPersistentChatState {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([string] $Identity, [PoolState] $PoolState, [switch] $Force)
  if ($PSCmdlet.ShouldProcess($Identity)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Set-CsPersistentChatActiveServer {
  [CmdletBinding(SupportsShouldProcess)] param(
    [string] $Identity,
    [Parameter(Mandatory)] [AllowNull()] [System.Management.Automation.PSListModifier[string]] $ActiveServers,
    [switch] $Force)
  if ($PSCmdlet.ShouldProcess($Identity)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Get-CsManagementStoreReplicationStatus {
  [CmdletBinding()] param([string] $ReplicaFqdn, [switch] $CentralManagementStoreStatus)
  Invoke-Estate $PSCmdlet $PSBoundParameters
}
function Invoke-CsManagementStoreReplication { [CmdletBinding()] param([string] $ReplicaFqdn, [switch] $Force) Invoke-Estate $PSCmdlet $PSBoundParameters }
function Get-CsWindowsService { [CmdletBinding()] param([string] $Name, [string] $ComputerName, [switch] $ExcludeActivityLevel) Invoke-Estate $PSCmdlet $PSBoundParameters }
function Start-CsWindowsService {
  [CmdletBinding(SupportsShouldProcess)] param([string] $Name, [string] $ComputerName, [switch] $NoWait)
  if ($PSCmdlet.ShouldProcess($Name)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Stop-CsWindowsService {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([string] $Name, [string] $ComputerName, [switch] $NoWait, [switch] $Graceful)
  if ($PSCmdlet.ShouldProcess($Name)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Install-CsMirrorDatabase {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param(
    [Parameter(Mandatory)] [string] $DatabaseType, [Parameter(Mandatory)] [string] $FileShare, [Parameter(Mandatory)] [string] $SqlServerFqdn,
    [string] $SqlInstanceName, [switch] $DropExistingDatabasesOnMirror, [hashtable] $DatabasePathMap, [string] $Report)
  if ($PSCmdlet.ShouldProcess($SqlServerFqdn)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Uninstall-CsMirrorDatabase {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param(
    [Parameter(Mandatory)] [string] $DatabaseType, [Parameter(Mandatory)] [string] $SqlServerFqdn, [string] $SqlInstanceName,
    [switch] $DropExistingDatabasesOnMirror, [string] $Report)
  if ($PSCmdlet.ShouldProcess($SqlServerFqdn)) { Invoke-Estate $PSCmdlet $PSBoundParameters }
}
function Get-CsDatabaseMirrorState {
  [CmdletBinding()] param([Parameter(Mandatory)] [string] $PoolFqdn, [string] $DatabaseType, [switch] $LocalStore, [string] $Report)
  Invoke-Estate $PSCmdlet $PSBoundParameters
}
Export-ModuleMember -Function *-Cs*
