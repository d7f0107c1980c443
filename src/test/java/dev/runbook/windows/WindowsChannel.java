package dev.runbook.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file of {@link WindowsFiles} that is open: with its share, all but closing it is lost. */
final class WindowsChannel extends FileChannel {
    private final WindowsFiles files;
    private final Path path;
    private final FileChannel real;

    WindowsChannel(WindowsFiles files, Path path, FileChannel real) {
        this.files = files;
        this.path = path;
        this.real = real;
        files.opened(path);
    }

    /** A handle has no name, so Java throws no more than this text. */
    private FileChannel real() throws IOException {
        if (files.isLost(path)) {
            throw new IOException(WindowsError.NETNAME_DELETED.text());
        }
        return real;
    }

    private FileChannel writable() throws IOException {
        FileChannel channel = real();
        if (files.isFull(path)) {
            throw new IOException(WindowsError.DISK_FULL.text());
        }
        files.written(path);
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real().read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real().read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return writable().write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return writable().write(sources, offset, length);
    }

    @Override
    public long position() throws IOException {
        return real().position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real().position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real().size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        real().truncate(size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        real().force(metadata);
        files.forced(path);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real().transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return writable().transferFrom(source, position, count);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real().read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return writable().write(source, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real().map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real().lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
        files.closed(path);
    }
}
