package dev.runbook.rehearsal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShellRelayTest {
    private static final List<String> ARGUMENTS = List.of(
            "-NoLogo",
            "",
            "-EncodedCommand",
            Base64.getEncoder().encodeToString("run 'abc123'".getBytes(StandardCharsets.UTF_16LE)));

    @Test
    void carriesArgumentsRequestsAndAnswersToAShellInAnotherProcess() throws IOException, InterruptedException {
        ShellRelay.Pipe in = new ShellRelay.Pipe();
        ShellRelay.Pipe out = new ShellRelay.Pipe();
        try (ShellServer server = server(ShellFaults.NONE)) {
            Thread relay = relay(server.door(), in, out);
            BufferedReader answers = answers(out);
            OutputStream requests = in.writing();
            write(requests, "IyBob3N0", "{\"id\":\"1\",\"op\":\"open\",\"modules\":[\"powershell-probe\"]}");
            assertThat(next(answers)).startsWith("abc123 {\"ready\":true");
            assertThat(next(answers)).isEqualTo("abc123 {\"id\":\"1\",\"ok\":true}");
            requests.close();
            relay.join(5_000);
            assertThat(relay.isAlive()).isFalse();
        }
    }

    @Test
    void endsWhenTheShellIsKilledThoughItsInputIsStillOpen() throws IOException, InterruptedException {
        ShellRelay.Pipe in = new ShellRelay.Pipe();
        ShellRelay.Pipe out = new ShellRelay.Pipe();
        try (ShellServer server = server(cmdlet -> Optional.of(new ShellFaults.Fault.KillShell()))) {
            Thread relay = relay(server.door(), in, out);
            write(
                    in.writing(),
                    "IyBob3N0",
                    "{\"id\":\"1\",\"op\":\"open\",\"modules\":[\"powershell-probe\"]}",
                    "{\"id\":\"2\",\"cmdlet\":\"Get-Echo\",\"parameters\":{}}");
            relay.join(5_000);
            assertThat(relay.isAlive()).isFalse();
            assertThat(answers(out).lines().filter(line -> !line.isEmpty())).hasSize(2);
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        // bound and not listening: a port that were only free could be given away, even to the one that dials it
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThatThrownBy(() -> ShellRelay.run(
                            taken.getLocalPort() + " token",
                            ARGUMENTS,
                            new ByteArrayInputStream(new byte[0]),
                            new ByteArrayOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void letsNobodyInWhoDoesNotKnowTheToken() throws IOException {
        try (ShellServer server = server(ShellFaults.NONE)) {
            String port = server.door().split(" ")[0];
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            InputStream request = new ByteArrayInputStream(
                    "{\"id\":\"1\",\"op\":\"open\",\"modules\":[]}\n".getBytes(StandardCharsets.US_ASCII));

            ShellRelay.run(port + " b-token", ARGUMENTS, request, answers);

            assertThat(answers.size()).isZero();
        }
    }

    private static ShellServer server(ShellFaults faults) {
        return new ShellServer(new SimulatedShell(List.of(ProbeModule.module()), faults), "a-token");
    }

    private static Thread relay(String door, ShellRelay.Pipe in, ShellRelay.Pipe out) {
        Thread relay = new Thread(() -> {
            try (OutputStream answers = out.writing()) {
                ShellRelay.run(door, ARGUMENTS, in.reading(), answers);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        relay.start();
        return relay;
    }

    private static BufferedReader answers(ShellRelay.Pipe out) {
        return new BufferedReader(new InputStreamReader(out.reading(), StandardCharsets.US_ASCII));
    }

    private static String next(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        return line.isEmpty() ? answers.readLine() : line;
    }

    private static void write(OutputStream requests, String... lines) throws IOException {
        for (String line : lines) {
            requests.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        requests.flush();
    }
}
