package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.cmdlet.ShellModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A PowerShell that runs the host script and knows some modules. Each client gets a shell of its own; all meet the same
 * cmdlets.
 */
public final class SimulatedShell {
    private final List<ShellModule> installed;
    private final List<RemoteEndpoint> others;
    private final ShellFaults faults;

    /**
     * A shell.
     *
     * @param installed the modules that can be opened, here and on other computers
     * @param others the computers that a session can be opened on
     * @param faults what goes wrong
     */
    public SimulatedShell(List<ShellModule> installed, List<RemoteEndpoint> others, ShellFaults faults) {
        this.installed = List.copyOf(installed);
        this.others = List.copyOf(others);
        this.faults = faults;
    }

    /** A shell on a computer that knows no other. */
    public SimulatedShell(List<ShellModule> installed, ShellFaults faults) {
        this(installed, List.of(), faults);
    }

    /**
     * Serves one client until it leaves, or until the shell is killed by a fault; then closes both streams.
     *
     * @param arguments as the program would be started with; the encoded command carries the nonce
     * @param requests the shell's standard input
     * @param answers the shell's standard output
     */
    public void serve(List<String> arguments, InputStream requests, OutputStream answers) {
        try (requests;
                answers) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.US_ASCII));
            String script = lines.readLine();
            if (script != null && isScript(script)) {
                new Conversation(new Host(installed, others), faults, Wire.nonce(arguments), answers).hold(lines);
            }
        } catch (IOException e) {
            return; // the client is gone, and a shell without a client ends
        }
    }

    /** Starts a shell in a thread of its own. */
    public Ends connect(List<String> arguments) {
        Pipe requests = new Pipe();
        Pipe answers = new Pipe();
        Thread thread = new Thread(() -> serve(arguments, requests.reading(), answers.writing()), "simulated-shell");
        thread.setDaemon(true);
        thread.start();
        return new Ends(answers.reading(), requests.writing());
    }

    /**
     * The client's ends of the two streams.
     *
     * @param answers what the shell writes
     * @param requests what the shell reads
     */
    public record Ends(InputStream answers, OutputStream requests) {}

    private static boolean isScript(String line) {
        try {
            return Base64.getDecoder().decode(line).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
