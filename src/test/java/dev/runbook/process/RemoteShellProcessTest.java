package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose management shell is on another computer: what it sends is what the shell of another process takes. */
@Tag("process")
class RemoteShellProcessTest {
    private static final String PASSWORD = "Tr0ub4dor and three";
    private static final String RUNBOOK = """
            runbook: far
            title: A pool far away
            variables:
              pool_fqdn: {type: fqdn, description: the pool}
              shell:     {type: powershell, description: management shell}
            steps:
              - step: 1
                title: Fail the pool over
                cmdlet: Set-CsPersistentChatState
                parameters: {Identity: 'service:{{pool_fqdn}}', PoolState: FailedOver}
                done-when: the pool is failed over
                rollback: {not-needed: it is a drill}
            facts:
              the pool is failed over:
                cmdlet: Get-CsPersistentChatState
                expect: {PoolState: FailedOver}
            """;

    @TempDir
    Path folder;

    @Test
    void runsOnAnotherComputerAndKeepsThePasswordNowhere() throws IOException {
        try (Drill drill = Drill.start(folder, "dc1-lost", Drill.Pace.FAST, RemoteShellProcessTest::far)) {
            drill.write("far.yaml", RUNBOOK);
            Program.Ended ended = drill.run("run", "far.yaml", "--vars", "site.yaml");

            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains("SkypeForBusiness on fe02.litwareinc.com");
            assertThat(Files.readString(drill.onlyRun().resolve("site.yaml")))
                    .contains("remote: {computer: \"fe02.litwareinc.com\", user: ", "password: {file: ");
            for (Path file : files(drill.onlyRun())) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(PASSWORD);
            }
            assertThat(ended.printed()).doesNotContain(PASSWORD);

            Files.writeString(passwordFile(), "another one");
            Program.Ended refused = drill.run("check", "far.yaml", "--vars", "site.yaml");
            assertThat(refused.exit()).as(refused.printed()).isEqualTo(1);
            assertThat(refused.printed())
                    .contains("fe02.litwareinc.com refuses the login of")
                    .doesNotContain("another one", "Exception");
        }
    }

    private static String far(String scene) {
        String here = "{shell: SkypeForBusiness}";
        assertThat(scene).contains(here);
        return scene.replace(
                here,
                "{shell: SkypeForBusiness, remote: {computer: fe02.litwareinc.com, user: 'LITWARE\\dba', password: "
                        + PASSWORD + "}}");
    }

    private Path passwordFile() throws IOException {
        String site = Files.readString(folder.resolve("site.yaml"));
        String after = site.substring(site.indexOf("remote: {"));
        String path = after.substring(after.indexOf("file: '") + 7);
        return Path.of(path.substring(0, path.indexOf('\'')));
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> found = Files.walk(run)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
