package dev.runbook.rehearsal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The server's side of TLS, with a certificate of its own. Safe for use by several threads. */
public final class Tls {
    private final SSLContext context;
    private final X509Certificate certificate;

    private Tls(SSLContext context, X509Certificate certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /** With a new key and a certificate that nobody vouches for. */
    public static Tls selfSigned() {
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
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * TLS within TDS: the handshake travels in packets, what comes after it does not. Version 1.2, because later ones send
     * tickets after the handshake, when nothing is wrapped any more.
     */
    public SSLSocket withinPackets(Socket socket) throws IOException {
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
    public SSLSocket aroundPackets(Socket socket, int first) throws IOException {
        ByteArrayInputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, consumed, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }
}
