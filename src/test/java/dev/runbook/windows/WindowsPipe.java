package dev.runbook.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * The standard output of a program whose output goes into a pipe, as with {@code | more}. It lets its position be asked for, though
 * that means nothing, and nothing in it can be locked. (Microsoft, "SetFilePointerEx", remarks on devices that cannot seek; "LockFile"
 * knows files alone.)
 */
public final class WindowsPipe extends FileChannel {
    private static IOException incorrectFunction() {
        return new IOException("Incorrect function");
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw new IOException("The pipe is being closed");
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        throw new IOException("The pipe is being closed");
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public FileChannel position(long position) {
        return this;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public void force(boolean metadata) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        throw incorrectFunction();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        throw incorrectFunction();
    }

    @Override
    protected void implCloseChannel() {
        // nothing is behind it
    }
}
