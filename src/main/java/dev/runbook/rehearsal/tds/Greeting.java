package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.Login7;
import dev.runbook.rehearsal.wire.Message;
import dev.runbook.rehearsal.wire.MessageReader;
import dev.runbook.rehearsal.wire.MessageWriter;
import dev.runbook.rehearsal.wire.Prelogin;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ProtocolException;
import java.net.Socket;

/**
 * What two sides settle before the first statement: encryption, and who asks to be let in.
 *
 * @param login who asks
 * @param reader hears the client from here on
 * @param tokens talk to it
 */
record Greeting(Login7 login, MessageReader reader, TokenWriter tokens) {
    /** The first byte of a TLS handshake; no packet of TDS begins so. */
    private static final int TLS_HANDSHAKE = 0x16;

    static Greeting exchange(TdsServer server, Socket socket) throws IOException {
        PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
        int first = in.read();
        if (first < 0) {
            throw new ProtocolException("the client said nothing");
        }
        if (first == TLS_HANDSHAKE) {
            return within(server, server.tls().aroundPackets(socket, first));
        }
        in.unread(first);
        return settle(server, socket, in);
    }

    private static Greeting within(TdsServer server, Socket secure) throws IOException {
        return settle(server, secure, secure.getInputStream());
    }

    private static Greeting settle(TdsServer server, Socket socket, InputStream in) throws IOException {
        MessageReader reader = new MessageReader(in);
        Prelogin prelogin = Prelogin.parse(expect(reader, Message.PRELOGIN));
        MessageWriter writer = new MessageWriter(socket.getOutputStream());
        writer.write(prelogin.answer());
        writer.end();
        if (!prelogin.wantsTls()) {
            return new Greeting(login(reader), reader, new TokenWriter(writer));
        }
        Socket secure = server.tls().withinPackets(socket);
        MessageReader inside = new MessageReader(secure.getInputStream());
        return new Greeting(login(inside), inside, new TokenWriter(new MessageWriter(secure.getOutputStream())));
    }

    private static Login7 login(MessageReader reader) throws IOException {
        return Login7.parse(expect(reader, Message.LOGIN));
    }

    private static byte[] expect(MessageReader reader, int type) throws IOException {
        Message message = reader.next();
        if (message.type() != type) {
            throw new ProtocolException("expected a message of type " + type + ", not " + message.type());
        }
        return message.body();
    }
}
