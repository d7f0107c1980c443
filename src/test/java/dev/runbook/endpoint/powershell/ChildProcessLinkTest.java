package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Masking;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a script for sh")
class ChildProcessLinkTest {
    @TempDir
    Path folder;

    private PowerShellHost host;

    @BeforeEach
    void write() throws IOException {
        Path program = folder.resolve("a pwsh");
        Files.writeString(program, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        FakePowerShell.class.getName()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        host = host(program.toString());
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void talksToAProcessThatOthersTalkInto() {
        Heard heard = new Heard();
        assertThat(host.invoke("Write-Native", Map.of(), List.of("value"), heard.limits()))
                .isEqualTo(Answer.of(List.of(Row.of("value", Value.of("done")))));
        assertThat(heard.said).containsExactly("native text", "without an end");
        Value text = Value.of("🂡".repeat(500_000));
        Answer answer = host.invoke("Get-Echo", Map.of("Value", text), List.of("Value"), Limits.none());
        assertThat(answer.equals(Answer.of(List.of(Row.of("Value", text)))))
                .as("a million characters come back")
                .isTrue();
        assertThat(host.invoke("Get-Environment", Map.of(), List.of("value"), Limits.none()))
                .isEqualTo(Answer.of(List.of(Row.of("value", Value.of("1")), Row.of("value", Value.of("dumb")))));
    }

    @Test
    void handsNoSecretAndNoModulePathOnToTheShell() {
        Map<String, String> inherited = Map.of(
                "RUNBOOK_VAR_SQL_PASSWORD", "one",
                "runbook_var_other", "two",
                "DRILL_PASSWORD", "s3cret word ",
                "PSModulePath", "/somewhere",
                "PATH", "/bin:/s3cret word/bin",
                "EMPTY", "");
        Masking masking = Masking.of(List.of(new Value.Secret("s3cret word")));
        assertThat(ChildProcessLauncher.environment(inherited, masking::mask))
                .containsOnly(
                        Map.entry("PATH", "/bin:/s3cret word/bin"),
                        Map.entry("EMPTY", ""),
                        Map.entry("NO_COLOR", "1"),
                        Map.entry("TERM", "dumb"));
    }

    @Test
    void findsAProgramInTheFoldersOfThePathAloneAndNeverInTheCurrentOne() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path program = Files.writeString(folder.resolve("only-here"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String relative = here.relativize(folder).toString();
        assertThat(find(Map.of("PATH", "/nowhere:" + folder), "only-here")).isEqualTo(program);
        for (String path : List.of("", ".", ":", relative)) {
            assertThatThrownBy(() -> find(Map.of("PATH", path), "only-here"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("there is no such program");
        }
        assertThat(find(Map.of(), relative + "/only-here")).isEqualTo(here.resolve(relative + "/only-here"));
    }

    private static Path find(Map<String, String> environment, String program) throws IOException {
        return new ChildProcessLauncher.ProgramFinder(environment, FileSystems.getDefault()).find(program);
    }

    @Test
    void startsThePowerShellOfWindowsWhateverLiesInTheCurrentFolderOrOnThePath() throws IOException {
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
        for (String planted : List.of(
                "C:\\work\\powershell.exe",
                "C:\\tools\\powershell.exe",
                "C:\\work\\pwsh.exe",
                "C:\\tools\\pwsh.exe",
                "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")) {
            Files.createDirectories(windows.getPath(planted).getParent());
            Files.createFile(windows.getPath(planted));
        }
        Map<String, String> environment = Map.of("SystemRoot", "C:\\Windows", "PATH", ".;;C:\\tools");
        var finder = new ChildProcessLauncher.ProgramFinder(environment, windows);
        for (String name : List.of("powershell.exe", "PowerShell", "powershell")) {
            assertThat(finder.find(name).toString())
                    .isEqualTo("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe");
        }
        assertThat(finder.find("pwsh").toString()).isEqualTo("C:\\tools\\pwsh.exe");
        Path ofSixtyFourBits = windows.getPath("C:\\Windows\\Sysnative\\WindowsPowerShell\\v1.0\\powershell.exe");
        Files.createDirectories(ofSixtyFourBits.getParent());
        Files.createFile(ofSixtyFourBits);
        assertThat(finder.find("powershell.exe"))
                .as("what only a program of 32 bits sees")
                .isEqualTo(ofSixtyFourBits);
    }

    @Test
    void leavesTheOutcomeOpenWhenTheProcessDiesAndTellsItsLastWords() {
        Failure failure = failure(host.invoke("Stop-Host", Map.of(), List.of(), Limits.none()));
        assertThat(failure.code()).isEqualTo("shell-died");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(failure.details()).contains("a line on standard error", "the last words");
    }

    @Test
    void endsAProcessThatDoesNotHeedTheStopWithItsChildrenAndTheirs() {
        Heard heard = new Heard().stopAt("all");
        Failure failure = failure(host.invoke("Start-Children", Map.of(), List.of(), heard.limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.isUnknown()).isTrue();
        List<Long> pids = heard.said.stream()
                .filter(line -> line.startsWith("pid "))
                .map(line -> Long.valueOf(line.substring(4)))
                .toList();
        assertThat(pids).hasSizeGreaterThanOrEqualTo(3).allMatch(ChildProcessLinkTest::isGone);
    }

    @Test
    void saysWhichProgramIsNotThere() {
        host = host(folder.resolve("no such program").toString());
        Failure failure = failure(host.invoke("Get-Echo", Map.of(), List.of(), Limits.none()));
        assertThat(failure.code()).isEqualTo("shell-not-started");
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.message()).contains("no such program", "powershell-probe", "'program:'");
    }

    @Test
    void saysWhatAProgramSaidThatEndedBeforeItWasReady() throws IOException {
        Path program = folder.resolve("refusing");
        Files.writeString(
                program, "#!/bin/sh\necho 'FullyQualifiedErrorId : CannotCreateTypeConstrainedLanguage' >&2\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        host = host(program.toString());
        Failure failure = failure(host.invoke("Get-Echo", Map.of(), List.of(), Limits.none()));
        assertThat(failure.code()).isEqualTo("shell-not-started");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.LASTING);
        assertThat(failure.message()).contains("ended before it was ready", "constrained language mode");
        assertThat(failure.details()).anyMatch(line -> line.contains("CannotCreateTypeConstrainedLanguage"));
    }

    @Test
    void sendsAPasswordOverStandardInputAndInNoArgument() {
        host.close();
        host = remote("s3cret word");
        Answer answer = host.invoke("Get-Arguments", Map.of(), List.of("value"), Limits.none());
        assertThat(answer.toString()).contains("-EncodedCommand").doesNotContain("s3cret");
        host.close();
        host = remote("another word");
        Failure failure = failure(host.invoke("Get-Arguments", Map.of(), List.of("value"), Limits.none()));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ACCESS);
        assertThat(failure.message()).startsWith("fe01 refuses the login of dba.");
        assertThat(failure.toString()).doesNotContain("another word");
    }

    private PowerShellHost remote(String password) {
        RemoteShell.Login login = new RemoteShell.Login("dba", new Value.Secret(password));
        RemoteShell there = new RemoteShell(
                new RemoteShell.Place.Computer("fe01"), Optional.of(login), Optional.empty(), Optional.empty(), false);
        String program = folder.resolve("a pwsh").toString();
        return Shells.host(
                new ShellTarget(Shells.PROBE.modules(), program, Optional.of(there)), new ChildProcessLauncher());
    }

    private static PowerShellHost host(String program) {
        return Shells.host(new ShellTarget(Shells.PROBE.modules(), program), new ChildProcessLauncher());
    }

    /** Dead, or a zombie that nobody here reaps. */
    private static boolean isGone(long pid) {
        Path status = Path.of("/proc/" + pid + "/stat");
        try {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
                    || Files.exists(status) && Files.readString(status).contains(") Z ");
        } catch (IOException e) {
            return true; // it went while we looked
        }
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }
}
