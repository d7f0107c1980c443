package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract in a session on another computer: over SSH to this one, since there is no other way on Linux. The way is put into
 * the request that opens the session; a site file has no key for it. Without an sshd the tests are skipped, and say so.
 */
class RealRemoteShellTest extends ShellContract {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final JsonMapper JSON = new JsonMapper();

    private Path keys;
    private String program;
    private int port;
    private Process sshd;

    @BeforeAll
    void startServer(@TempDir Path own) throws IOException, InterruptedException {
        program = RealPowerShell.program();
        boolean there = Files.isExecutable(SSHD) && Files.isExecutable(Path.of("/usr/bin/ssh"));
        if (!there) {
            System.out.println("SKIPPED: no sshd, so no session on another computer was tried.");
        }
        assumeTrue(there, "no sshd");
        keys = own;
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                keys.resolve("host").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                keys.resolve("key").toString());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = Files.writeString(
                keys.resolve("settings"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                PidFile none
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin yes
                Subsystem powershell %s -sshs -NoLogo -NoProfile
                """.formatted(port, keys.resolve("host"), keys.resolve("key.pub"), program));
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("log").toFile())
                .start();
        assumeTrue(listens(), () -> "sshd does not start here");
    }

    @AfterAll
    void stopServer() {
        if (sshd != null) {
            sshd.destroy();
        }
    }

    private boolean listens() {
        for (int i = 0; i < 50 && sshd.isAlive(); i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            } catch (IOException e) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
        return false;
    }

    private static void run(String... line) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(line).start().waitFor(20, TimeUnit.SECONDS))
                .isTrue();
    }

    @Override
    PowerShellHost open(List<String> modules) {
        RemoteShell there = new RemoteShell(
                new RemoteShell.Place.Computer("127.0.0.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        List<String> files = modules.stream().map(RealRemoteShellTest::module).toList();
        ShellLauncher real = new ChildProcessLauncher();
        return Shells.real(
                new ShellTarget(files, program, Optional.of(there)),
                (file, arguments) -> new OverSsh(real.launch(file, arguments)));
    }

    /** There a missing parameter is asked for, and nobody can be asked. */
    @Override
    String missing(String cmdlet) {
        return "InvalidOperation";
    }

    /** The other computer tells of the one that is meant alone. */
    @Test
    @Override
    void saysWhichModuleIsMeantWhenTwoHaveTheCmdlet() {
        Answer answer = host(ZOO, FARM)
                .invoke("Get-Animal", Map.of("Name", Value.of("hare")), List.of("Name"), new Heard().limits());
        assertThat(one(answer).get("Name")).contains(Value.of("hare of the farm"));
    }

    @Test
    void saysThatNobodyCanBeAskedThere() {
        Failure failure = failure(zoo("Set-Animal", Map.of(), "value"));
        assertThat(failure.details()).anyMatch(line -> line.contains("a parameter is missing"));
    }

    @Test
    void isNotChangedByTheNextCallThroughPreferencesThatAModuleSets() {
        zoo("Set-Preference", Map.of());
        assertThat(failure(zoo("Write-Soft", Map.of(), "value")).message()).isEqualTo("soft");
        assertThat(one(zoo("Set-Animal", Map.of("Name", Value.of("hare"), "Temper", Value.of("Tame")), "value"))
                        .get("value"))
                .as("no WhatIf, no question")
                .contains(Value.of("hare Tame False"));
    }

    @Test
    void findsPrivateFunctionsAndStopsACallAndGoesOnInTheSameSession() {
        int visits = visits();
        Heard heard = new Heard().stopAt("waiting");
        Failure failure = failure(
                host(ZOO).invoke("Wait-Long", Map.of("Kind", Value.of("sleep")), List.of("value"), heard.limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(visits()).as("the same session").isEqualTo(visits + 1);
    }

    private int visits() {
        String visit = one(zoo("Test-Visit", Map.of(), "value"))
                .get("value")
                .orElseThrow()
                .text();
        return Integer.parseInt(visit.replace("visit ", ""));
    }

    private static String module(String name) {
        try {
            return Path.of(ShellContract.class.getResource(name + ".psm1").toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the way to this computer into the request that opens the session. */
    private final class OverSsh implements ShellLink {
        private final ShellLink link;

        OverSsh(ShellLink link) {
            this.link = link;
        }

        @Override
        public void send(String line) throws IOException {
            link.send(line.contains("\"op\":\"open\"") ? overSsh(line) : line);
        }

        private String overSsh(String line) {
            ObjectNode request = (ObjectNode) JSON.readTree(line);
            ObjectNode session = ((ObjectNode) request.get("remote")).putObject("session");
            session.put("HostName", "s:127.0.0.1").put("Port", "i:" + port);
            session.put("UserName", "s:" + System.getProperty("user.name"));
            session.put("KeyFilePath", "s:" + keys.resolve("key")).put("Subsystem", "s:powershell");
            session.putObject("Options")
                    .put("StrictHostKeyChecking", "s:no")
                    .put("UserKnownHostsFile", "s:" + keys.resolve("known"));
            return JSON.writeValueAsString(request);
        }

        @Override
        public Line receive() throws IOException {
            return link.receive();
        }

        @Override
        public List<String> complaints() {
            return link.complaints();
        }

        @Override
        public void kill() {
            link.kill();
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
