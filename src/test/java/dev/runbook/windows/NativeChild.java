package dev.runbook.windows;

import java.io.IOException;

/**
 * A native program of Windows, to be started as a process: its C runtime looks at the standard input before {@code main} begins,
 * and waits as long as somebody else has a read pending on the same pipe, for Windows does one thing after the other with a pipe
 * that was opened for synchronous use. (Microsoft, "Synchronous and Asynchronous I/O"; {@code GetFileType} is what waits.) Here it
 * reads to the end, which comes only where the input is not that of the shell.
 */
public final class NativeChild {
    private NativeChild() {}

    /** Says that it has started, once it could. */
    public static void main(String[] arguments) throws IOException {
        System.in.readAllBytes();
        System.out.println("started");
    }
}
