# What the workflow "windows" tries. Each try ends with an error where something is not as it should be.
param(
    [Parameter(Mandatory)] [ValidateSet('TakeOver', 'CtrlC', 'Paste', 'NativeChild', 'Share')] [string] $Try,
    [ValidateSet('cmd', 'powershell', 'pwsh')] [string] $Shell = 'cmd'
)
$ErrorActionPreference = 'Stop'
$jar = (Resolve-Path 'target/runbook.jar').Path
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory $work | Out-Null

function Require([bool] $holds, [string] $what) {
    if (-not $holds) { throw "Not so: $what" }
    Write-Host "ok: $what"
}

function Invoke-Runbook([string[]] $words, [string] $folder = $work) {
    Push-Location $folder
    try {
        $said = & java -jar $jar @words 2>&1 | Out-String
        [pscustomobject]@{ Code = $LASTEXITCODE; Said = $said }
    } finally {
        Pop-Location
    }
}

function Write-Questions([string] $word = 'one') {
    Set-Content -Encoding utf8 (Join-Path $work 'two.yaml') @"
runbook: two
title: Two questions
variables:
  word: {type: text, description: a word, default: '$word'}
steps:
  - {step: 1, title: Ask, description: First., confirm: 'Is it {{word}}'}
  - {step: 2, title: Ask again, description: Then., confirm: Still}
"@
}

# A run whose step waits for a file that nobody makes, so that there is time to look at it.
function Start-Waiting {
    Set-Content -Encoding utf8 (Join-Path $work 'wait.yaml') @"
runbook: wait
title: Wait for a file
steps:
  - {step: 1, title: Wait, description: For a file., done-when: there, within: 10m}
facts:
  there: {files: '$($work -replace '\\', '/')/there.*'}
"@
    Start-Process java -ArgumentList '-jar', "`"$jar`"", 'run', 'wait.yaml' -WorkingDirectory $work -PassThru `
        -RedirectStandardOutput (Join-Path $work 'out.txt') -RedirectStandardError (Join-Path $work 'err.txt')
}

function Wait-ForRun {
    foreach ($look in 1..120) {
        $run = Get-ChildItem (Join-Path $work 'runs') -Directory -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($run -and (Select-String -Quiet 'step-begun' (Join-Path $run.FullName 'journal.jsonl') -ErrorAction SilentlyContinue)) {
            return $run.Name
        }
        Start-Sleep -Milliseconds 500
    }
    throw 'No run begins.'
}

switch ($Try) {
    'TakeOver' {
        $process = Start-Waiting
        $run = Wait-ForRun
        Require ((Invoke-Runbook 'status', $run).Code -eq 0) 'a second process looks at a run under way'
        Require ((Invoke-Runbook 'list').Said -match 'under way') 'list shows that it is under way'
        Require ((Invoke-Runbook 'resume', $run).Code -eq 75) 'nobody else can resume it'
        Require ((Invoke-Runbook 'resume', $run, '--take-over').Code -eq 75) 'nobody takes it from a process that is alive'
        $process.Kill()
        $process.WaitForExit()
        Set-Content (Join-Path $work 'there.txt') 'x'
        Require ((Invoke-Runbook 'resume', $run).Code -eq 0) 'after a kill it is resumed to its end'
        Require ((Invoke-Runbook 'verify-journal', $run).Code -eq 0) 'its journal is whole'
    }
    'CtrlC' {
        $process = Start-Waiting
        $run = Wait-ForRun
        Add-Type -Namespace Console -Name Events -MemberDefinition @'
[DllImport("kernel32.dll", SetLastError = true)] public static extern bool FreeConsole();
[DllImport("kernel32.dll", SetLastError = true)] public static extern bool AttachConsole(uint process);
[DllImport("kernel32.dll", SetLastError = true)] public static extern bool SetConsoleCtrlHandler(System.IntPtr handler, bool add);
[DllImport("kernel32.dll", SetLastError = true)] public static extern bool GenerateConsoleCtrlEvent(uint type, uint group);
'@
        [Console.Events]::FreeConsole() | Out-Null
        [Console.Events]::AttachConsole($process.Id) | Out-Null
        [Console.Events]::SetConsoleCtrlHandler([IntPtr]::Zero, $true) | Out-Null
        [Console.Events]::GenerateConsoleCtrlEvent(0, 0) | Out-Null
        Start-Sleep 3
        [Console.Events]::GenerateConsoleCtrlEvent(0, 0) | Out-Null
        Require ($process.WaitForExit(60000)) 'two times Ctrl-C end the run'
        Require ((Get-Content -Raw (Join-Path $work 'out.txt')) -match 'Stopping after this step') 'the first one is told'
        Require ((Invoke-Runbook 'verify-journal', $run).Code -eq 0) 'its journal is whole'
    }
    'Paste' {
        Write-Questions 'a b\'
        $first = Invoke-Runbook 'run', 'two.yaml', '--approve', '1=no'
        Require ($first.Code -eq 5) 'the first run is declined'
        $asked = Invoke-Runbook 'run', 'two.yaml', '--new'
        Require ($asked.Code -eq 7) 'a run without a terminal waits for an answer'
        $line = ($asked.Said -split "`r?`n" | Where-Object { $_ -match '-jar .* resume ' } | Select-Object -Last 1).Trim()
        $line = $line.Substring($line.IndexOf('java'))
        Push-Location $work
        try {
            switch ($Shell) {
                'cmd' { Set-Content paste.cmd "@$line"; & cmd /d /c paste.cmd }
                'powershell' { Set-Content paste.ps1 $line; & powershell -NoProfile -ExecutionPolicy Bypass -Command "& ./paste.ps1; exit `$LASTEXITCODE" }
                'pwsh' { Set-Content paste.ps1 $line; & pwsh -NoProfile -Command "& ./paste.ps1; exit `$LASTEXITCODE" }
            }
            Require ($LASTEXITCODE -eq 7) "pasted into $Shell, the run goes on to the second question"
        } finally {
            Pop-Location
        }
    }
    'NativeChild' {
        $module = Join-Path $work 'Native.psm1'
        Set-Content -Encoding utf8 $module @'
Add-Type -TypeDefinition 'public static class Compiled { public static int One() { return 1; } }'
function Get-Native { [pscustomobject]@{ Name = (whoami); Number = [Compiled]::One() } }
Export-ModuleMember -Function Get-Native
'@
        Set-Content -Encoding utf8 (Join-Path $work 'native.yaml') @"
runbook: native
title: A native child
variables:
  shell: {type: powershell, description: a shell}
steps:
  - {step: 1, title: Look, description: d, require: name}
facts:
  name: {cmdlet: Get-Native, expect: {Number: 1}}
"@
        $said = Invoke-Runbook 'check', 'native.yaml', '--var', "shell=$module"
        Require ($said.Code -eq 0) "a module compiles and starts a native program while it is asked: $($said.Said)"
    }
    'Share' {
        $share = '\\localhost\' + $work.Substring(0, 1) + '$' + $work.Substring(2)
        Write-Questions
        $run = Invoke-Runbook 'run', 'two.yaml', '--runs', "$share\shared", '--approve', '1=yes', '--approve', '2=yes'
        Require ($run.Code -eq 0) "runs are kept on $share"
        Require ((Invoke-Runbook 'list', '--runs', "$share\shared").Said -match 'done') 'and are listed from there'
        $there = Invoke-Runbook @('run', 'two.yaml', '--approve', '1=yes', '--approve', '2=yes', '--new') $share
        Require ($there.Code -eq 0) 'a share can be the current folder'
    }
}
