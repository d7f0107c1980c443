package dev.runbook.rehearsal.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** A server that settles encryption as it should; what it answers to a login and to all that follows are given bytes. */
public final class ScriptedPackets implements AutoCloseable {
    private static final int PATIENCE_MS = 500;
    private static final Tls TLS = Tls.selfSigned();

    private final ServerSocket door;
    private final byte[] toLogin;
    private final byte[] toOthers;

    private ScriptedPackets(ServerSocket door, byte[] toLogin, byte[] toOthers) {
        this.door = door;
        this.toLogin = toLogin;
        this.toOthers = toOthers;
    }

    /** Begins to listen on loopback. */
    public static ScriptedPackets start(byte[] toLogin, byte[] toOthers) throws IOException {
        ScriptedPackets server =
                new ScriptedPackets(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), toLogin, toOthers);
        TdsServer.daemon("scripted-packets", server::accept).start();
        return server;
    }

    /** What a server says to a login that it takes. */
    public static byte[] welcome() {
        return written(TokenWriter::welcome);
    }

    /** What a server says to a query: a number, a text and a null. */
    public static byte[] rows() {
        List<Column> columns = List.of(
                new Column("number", Column.Type.INT),
                new Column("name", Column.Type.NVARCHAR),
                new Column("long", Column.Type.NVARCHAR_MAX));
        return written(tokens -> {
            tokens.columns(columns);
            tokens.row(columns, Arrays.asList(1, "mgc", null));
            tokens.row(columns, List.of(2, "mgccomp", "text"));
            tokens.done(TokenWriter.DONE, TokenWriter.COUNTED | TokenWriter.SELECTED, 2);
            tokens.end();
        });
    }

    /** The port where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private interface Writing {
        void to(TokenWriter tokens) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new TokenWriter(new Message.MessageWriter(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void accept() {
        while (!door.isClosed()) {
            try (Socket client = door.accept()) {
                client.setSoTimeout(PATIENCE_MS);
                converse(client);
            } catch (IOException gone) {
                // the client has hung up, or waits for more than it is told, or the test is over
            }
        }
    }

    private void converse(Socket client) throws IOException {
        Prelogin prelogin = Prelogin.parse(
                new Message.MessageReader(client.getInputStream()).next().body());
        Message.MessageWriter plain = new Message.MessageWriter(client.getOutputStream());
        plain.write(prelogin.answer());
        plain.end();
        try (Socket secure = TLS.withinPackets(client)) {
            Message.MessageReader requests = new Message.MessageReader(secure.getInputStream());
            byte[] answer = toLogin;
            while (true) {
                requests.next();
                secure.getOutputStream().write(answer);
                secure.getOutputStream().flush();
                answer = toOthers;
            }
        }
    }
}
