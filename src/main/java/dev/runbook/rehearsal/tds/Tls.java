package dev.runbook.rehearsal.tds;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The server's side of TLS, with a certificate of its own. Safe for use by several threads. */
final class Tls {
    private final SSLContext context;
    private final X509Certificate certificate;

    private Tls(SSLContext context, X509Certificate certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /** With a new key and a certificate that nobody vouches for. */
    static Tls selfSigned() {
        char[] password = {};
        try {
            SelfSigned identity = SelfSigned.create();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("rehearsal", identity.key(), password, new Certificate[] {identity.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Tls(context, identity.certificate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot make a certificate on the curve P-256", e);
        }
    }

    /** What clients see; for one that wants to pin it. */
    X509Certificate certificate() {
        return certificate;
    }

    /**
     * TLS within TDS: the handshake travels in packets, what comes after it does not. Version 1.2, because later ones send
     * tickets after the handshake, when nothing is wrapped any more.
     */
    SSLSocket withinPackets(Socket socket) throws IOException {
        HandshakeSocket wrapped = new HandshakeSocket(socket);
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(wrapped, null, true);
        secure.setEnabledProtocols(new String[] {"TLSv1.2"});
        secure.startHandshake();
        wrapped.endHandshake();
        return secure;
    }

    /**
     * TDS within TLS, known as version 8 or strict.
     *
     * @param first the byte by which the client was recognised, already read
     */
    SSLSocket aroundPackets(Socket socket, int first) throws IOException {
        ByteArrayInputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /**
     * A new key and a certificate for {@code localhost} that it signed itself, as a SQL Server makes one at its start when nobody
     * gave it any. The JDK can read certificates but offers no way to make one, hence the DER.
     *
     * @param key the private key, on the curve P-256
     * @param certificate X.509 version 3, valid from 2000 to 2049
     */
    private record SelfSigned(PrivateKey key, X509Certificate certificate) {
        private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
        private static final byte[] COMMON_NAME = Der.identifier(2, 5, 4, 3);
        private static final byte[] ALTERNATIVE_NAMES = Der.identifier(2, 5, 29, 17);

        static SelfSigned create() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();

            byte[] content = content(pair.getPublic().getEncoded());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));

            return new SelfSigned(pair.getPrivate(), (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        }

        private static byte[] content(byte[] publicKey) {
            byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text("runbook rehearsal"))));
            byte[] names = Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(Der.dnsName("localhost"))));
            return Der.sequence(
                    Der.tagged(0, Der.integer(BigInteger.TWO)),
                    Der.integer(BigInteger.ONE),
                    ECDSA_WITH_SHA256,
                    name,
                    Der.sequence(Der.moment("000101000000Z"), Der.moment("491231235959Z")),
                    name,
                    publicKey,
                    Der.tagged(3, Der.sequence(names)));
        }

        /** Writes the few kinds of ASN.1 elements, in DER, that a certificate is made of. */
        private static final class Der {
            private Der() {}

            static byte[] sequence(byte[]... elements) {
                return element(0x30, elements);
            }

            static byte[] set(byte[]... elements) {
                return element(0x31, elements);
            }

            /** An element that a number in brackets marks, with other elements in it. */
            static byte[] tagged(int number, byte[]... elements) {
                return element(0xA0 | number, elements);
            }

            static byte[] integer(BigInteger value) {
                return element(0x02, value.toByteArray());
            }

            static byte[] bits(byte[] bytes) {
                return element(0x03, new byte[] {0}, bytes);
            }

            static byte[] octets(byte[] bytes) {
                return element(0x04, bytes);
            }

            static byte[] text(String text) {
                return element(0x0C, text.getBytes(StandardCharsets.UTF_8));
            }

            /** A name of the DNS among the alternative names of a certificate. */
            static byte[] dnsName(String name) {
                return element(0x82, name.getBytes(StandardCharsets.US_ASCII));
            }

            /** A moment of the years 2000 to 2049, as {@code yyMMddHHmmssZ}. */
            static byte[] moment(String moment) {
                return element(0x17, moment.getBytes(StandardCharsets.US_ASCII));
            }

            /** An object identifier of these numbers. */
            static byte[] identifier(int... numbers) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                content.write(numbers[0] * 40 + numbers[1]);
                for (int i = 2; i < numbers.length; i++) {
                    for (int shift = 28; shift > 0; shift -= 7) {
                        if (numbers[i] >>> shift != 0) {
                            content.write(0x80 | numbers[i] >>> shift & 0x7F);
                        }
                    }
                    content.write(numbers[i] & 0x7F);
                }
                return element(0x06, content.toByteArray());
            }

            private static byte[] element(int tag, byte[]... contents) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (byte[] part : contents) {
                    content.writeBytes(part);
                }
                ByteArrayOutputStream element = new ByteArrayOutputStream();
                element.write(tag);
                int length = content.size();
                if (length >= 0x100) {
                    element.write(0x82);
                    element.write(length >>> 8);
                } else if (length >= 0x80) {
                    element.write(0x81);
                }
                element.write(length);
                element.writeBytes(content.toByteArray());
                return element.toByteArray();
            }
        }
    }

    /**
     * A connected socket over which a TLS handshake travels inside of TDS packets. What is written is collected until the other
     * side is listened to again, so that every flight is one message, as the driver expects. After the handshake bytes pass as
     * they are.
     */
    private static final class HandshakeSocket extends Socket {
        private final Socket socket;
        private final Message.MessageReader reader;
        private final Message.MessageWriter writer;
        private byte[] received = {};
        private int taken;
        private boolean unsent;
        private volatile boolean over;

        HandshakeSocket(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new Message.MessageReader(socket.getInputStream());
            this.writer = new Message.MessageWriter(socket.getOutputStream());
        }

        /** Sends what the handshake wrote last, and wraps nothing any more. */
        void endHandshake() throws IOException {
            sendFlight();
            over = true;
        }

        private void sendFlight() throws IOException {
            if (unsent) {
                unsent = false;
                writer.end();
            }
        }

        private int receive(byte[] target, int offset, int length) throws IOException {
            if (taken < received.length) {
                int count = Math.min(length, received.length - taken);
                System.arraycopy(received, taken, target, offset, count);
                taken += count;
                return count;
            }
            if (over) {
                return socket.getInputStream().read(target, offset, length);
            }
            sendFlight();
            received = reader.next().body();
            taken = 0;
            return receive(target, offset, length);
        }

        private void send(byte[] source, int offset, int length) throws IOException {
            if (over) {
                socket.getOutputStream().write(source, offset, length);
                return;
            }
            byte[] part = new byte[length];
            System.arraycopy(source, offset, part, 0, length);
            writer.write(part);
            unsent = true;
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return receive(target, offset, length);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    send(source, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    socket.getOutputStream().flush();
                }
            };
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return socket.getRemoteSocketAddress();
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return socket.getSoTimeout();
        }

        @Override
        public synchronized void setSoTimeout(int timeout) throws SocketException {
            socket.setSoTimeout(timeout);
        }

        @Override
        public synchronized void close() throws IOException {
            socket.close();
        }
    }
}
