package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.tds.Backend.Admission;
import dev.runbook.rehearsal.tds.Backend.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/**
 * One client, from its first byte to its last. This thread only listens, so that it notices a cancel, and the end of the
 * client, while a statement runs on the thread of {@link RequestQueue}.
 */
final class ClientConnection implements Runnable {
    /** A client that greets and then says nothing is not kept for ever, in milliseconds. */
    private static final int PATIENCE_BEFORE_LOGIN = 30_000;

    private final TdsServer server;
    private final Socket socket;
    private final Backend backend;

    ClientConnection(TdsServer server, Socket socket, Backend backend) {
        this.server = server;
        this.socket = socket;
        this.backend = backend;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_BEFORE_LOGIN);
            Greeting greeting = Greeting.exchange(server, socket);
            Optional<Session> session = admit(greeting);
            socket.setSoTimeout(0);
            if (session.isPresent()) {
                converse(session.get(), greeting);
            }
        } catch (IOException e) {
            // the client is gone or speaks another protocol: to a server both are a farewell
        }
    }

    /** Breaks the connection without a word: the client meets a reset, and the reading thread an end. */
    void drop() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // it is closed already
        }
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left that could be lost
        }
    }

    private Optional<Session> admit(Greeting greeting) throws IOException {
        TokenWriter tokens = greeting.tokens();
        Admission admission = admission(greeting.login());
        if (admission instanceof Admission.Granted granted) {
            tokens.welcome();
            return Optional.of(granted.session());
        }
        tokens.message(((Admission.Refused) admission).error());
        tokens.done(TokenWriter.DONE, TokenWriter.FAILED, 0);
        tokens.end();
        return Optional.empty();
    }

    private Admission admission(Login7 login) {
        if (login.integrated()) {
            return new Admission.Refused(new SqlError(
                    18452,
                    14,
                    1,
                    "Login failed. The login is from an untrusted domain and cannot be used with Integrated"
                            + " authentication. (The rehearsal knows no Windows accounts: log in with user and password.)",
                    1));
        }
        return backend.admit(new Backend.Login(
                login.user(), login.password(), login.program(), login.workstation(), login.database()));
    }

    private void converse(Session session, Greeting greeting) throws IOException {
        try (session;
                RequestQueue answering = new RequestQueue(session, greeting.tokens(), this::drop)) {
            String name = Thread.currentThread().getName().replace("reader", "answers");
            TdsServer.daemon(name, answering).start();
            while (true) {
                hear(greeting.reader().next(), answering);
            }
        }
    }

    private static void hear(Message message, RequestQueue answering) {
        if (message.type() == Message.ATTENTION) {
            answering.cancel();
        } else {
            answering.request(message);
        }
    }

    /**
     * What two sides settle before the first statement: encryption, and who asks to be let in.
     *
     * @param login who asks
     * @param reader hears the client from here on
     * @param tokens talk to it
     */
    private record Greeting(Login7 login, Message.MessageReader reader, TokenWriter tokens) {
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
            Message.MessageReader reader = new Message.MessageReader(in);
            Prelogin prelogin = Prelogin.parse(expect(reader, Message.PRELOGIN));
            Message.MessageWriter writer = new Message.MessageWriter(socket.getOutputStream());
            writer.write(prelogin.answer());
            writer.end();
            if (!prelogin.wantsTls()) {
                return new Greeting(login(reader), reader, new TokenWriter(writer));
            }
            Socket secure = server.tls().withinPackets(socket);
            Message.MessageReader inside = new Message.MessageReader(secure.getInputStream());
            return new Greeting(
                    login(inside), inside, new TokenWriter(new Message.MessageWriter(secure.getOutputStream())));
        }

        private static Login7 login(Message.MessageReader reader) throws IOException {
            return Login7.parse(expect(reader, Message.LOGIN));
        }

        private static byte[] expect(Message.MessageReader reader, int type) throws IOException {
            Message message = reader.next();
            if (message.type() != type) {
                throw new ProtocolException("expected a message of type " + type + ", not " + message.type());
            }
            return message.body();
        }
    }
}
