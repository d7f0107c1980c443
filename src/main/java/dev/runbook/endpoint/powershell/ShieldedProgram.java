package dev.runbook.endpoint.powershell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that Ctrl-C does not end. A terminal sends it to every process that was started there; but what is cut off and
 * what may come to its end is for the run to decide. On Windows there is no such way, and the program hears it too.
 */
final class ShieldedProgram {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private ShieldedProgram() {}

    /**
     * The words of a command line that starts it.
     *
     * @param path the folders where a program without one is looked for, as the environment has them
     * @throws IOException if there is no such program, which a shell would only tell when it is too late
     */
    static List<String> line(String program, List<String> arguments, String path) throws IOException {
        List<String> line = new ArrayList<>();
        if (!WINDOWS) {
            refuseMissing(program, path);
            // what is ignored before exec stays ignored behind it
            line.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
        }
        line.add(program);
        line.addAll(arguments);
        return line;
    }

    private static void refuseMissing(String program, String path) throws IOException {
        Stream<Path> candidates = program.contains(File.separator)
                ? Stream.of(Path.of(program))
                : Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, program));
        if (candidates.noneMatch(Files::isExecutable)) {
            throw new IOException("there is no such program");
        }
    }
}
