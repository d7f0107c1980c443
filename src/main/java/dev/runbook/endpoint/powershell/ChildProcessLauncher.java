package dev.runbook.endpoint.powershell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DaemonExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.environment.EnvironmentUtils;

/**
 * Starts a shell as a child process, with the environment of this one and without colours (formatted output would carry
 * escape sequences).
 */
public final class ChildProcessLauncher implements ShellLauncher {
    private static final Map<String, String> WITHOUT_COLOURS = Map.of("NO_COLOR", "1", "TERM", "dumb");

    @Override
    public ShellLink launch(String program, List<String> arguments) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentUtils.getProcEnvironment());
        environment.putAll(WITHOUT_COLOURS);
        String path = environment.getOrDefault("PATH", "");
        CommandLine command = command(ShieldedProgram.line(program, arguments, path));
        ProcessStreams streams = new ProcessStreams();
        KeepingExecutor executor = new KeepingExecutor();
        executor.setStreamHandler(streams);
        executor.setExitValues(null);
        executor.execute(command, environment, new Failing(streams.started()));
        await(streams.started());
        return new ChildProcessLink(executor.process.join(), streams);
    }

    private static CommandLine command(List<String> words) {
        CommandLine command = new CommandLine(words.get(0));
        // without the false the library puts quotes around an argument, or takes them away
        words.stream().skip(1).forEach(word -> command.addArgument(word, false));
        return command;
    }

    private static void await(CompletableFuture<Void> started) throws IOException {
        try {
            started.get();
        } catch (ExecutionException e) {
            throw new IOException(rootMessage(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it started", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : rootMessage(failure.getCause());
    }

    /** Keeps the process, which the library hides: without it there is no tree to end. */
    private static final class KeepingExecutor extends DaemonExecutor {
        private final CompletableFuture<Process> process = new CompletableFuture<>();

        @SuppressWarnings("deprecation") // the only way to a daemon executor with a launch of its own
        KeepingExecutor() {}

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path folder) throws IOException {
            return keep(super.launch(command, environment, folder));
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, File folder) throws IOException {
            return keep(super.launch(command, environment, folder));
        }

        private Process keep(Process started) {
            process.complete(started);
            return started;
        }
    }

    /** Hands a failed start to whoever waits for it. The end of a process that did start shows on its streams. */
    private record Failing(CompletableFuture<Void> started) implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int exitValue) {}

        @Override
        public void onProcessFailed(ExecuteException failure) {
            started.completeExceptionally(failure);
        }
    }
}
