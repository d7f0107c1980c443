package dev.runbook.windows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * The SQL Server Browser of a computer, which tells on UDP port 1434 where the instance RTC listens. (Microsoft's open
 * specification of the SQL Server Resolution Protocol, MC-SQLR: SVR_RESP.)
 */
public final class SqlBrowser implements AutoCloseable {
    private static final int PORT = 1434;
    private static final int HEAD = 3;
    private final DatagramSocket socket;

    /** Begins to answer at an address of this computer. */
    public SqlBrowser(InetAddress host, int portOfInstance) throws IOException {
        this.socket = new DatagramSocket(PORT, host);
        Thread thread = new Thread(() -> answer(portOfInstance), "browser");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(int port) {
        byte[] text = ("ServerName;SQLA;InstanceName;RTC;IsClustered;No;Version;11.0.2100.60;tcp;" + port + ";;")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[text.length + HEAD];
        answer[0] = 5;
        answer[1] = (byte) text.length;
        answer[2] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, answer, HEAD, text.length);
        try {
            while (!socket.isClosed()) {
                DatagramPacket question = new DatagramPacket(new byte[100], 100);
                socket.receive(question);
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
