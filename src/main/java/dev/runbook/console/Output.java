package dev.runbook.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** Whether what the program prints arrives somewhere. Java's standard output never tells by itself that it does not. */
public final class Output {
    private Output() {}

    /**
     * Whether something that was printed could not be written to a file or device that keeps it: a full disk. A pipe whose
     * reader has seen enough, such as {@code head}, is no loss; a pipe is what has no position.
     *
     * @param out the standard output of this process
     */
    @SuppressWarnings("resource") // the standard output is not ours to close
    public static boolean isLost(PrintStream out) {
        if (!out.checkError()) {
            return false;
        }
        try {
            return new FileOutputStream(FileDescriptor.out).getChannel().position() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
