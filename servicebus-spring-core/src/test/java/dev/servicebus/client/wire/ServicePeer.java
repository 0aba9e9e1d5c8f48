package dev.servicebus.client.wire;

import java.nio.ByteBuffer;

import org.apache.qpid.protonj2.test.driver.AMQPTestDriver;
import org.apache.qpid.protonj2.test.driver.ScriptedExpectation;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedByte;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedShort;
import org.apache.qpid.protonj2.test.driver.codec.security.SaslInit;
import org.apache.qpid.protonj2.test.driver.codec.security.SaslMechanisms;
import org.apache.qpid.protonj2.test.driver.codec.security.SaslOutcome;
import org.apache.qpid.protonj2.test.driver.codec.transport.AMQPHeader;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Begin;
import org.apache.qpid.protonj2.test.driver.codec.transport.Close;
import org.apache.qpid.protonj2.test.driver.codec.transport.Detach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Disposition;
import org.apache.qpid.protonj2.test.driver.codec.transport.End;
import org.apache.qpid.protonj2.test.driver.codec.transport.Flow;
import org.apache.qpid.protonj2.test.driver.codec.transport.HeartBeat;
import org.apache.qpid.protonj2.test.driver.codec.transport.Open;
import org.apache.qpid.protonj2.test.driver.codec.transport.Transfer;

/**
 * What the driver does with the frames of a connection: it answers them as the service
 * does. This half is about connections and sessions, {@link ServiceLinks} about links.
 */
final class ServicePeer implements ScriptedExpectation {

	private static final UnsignedInteger WINDOW = UnsignedInteger.valueOf(5000);

	private final Recording recording;

	private final ServiceLinks links;

	ServicePeer(Recording recording, ServiceLinks links) {
		this.recording = recording;
		this.links = links;
	}

	@Override
	public boolean isOptional() {
		return true;
	}

	@Override
	public void handleSASLHeader(AMQPHeader header, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		driver.sendHeader(AMQPHeader.getSASLHeader());
		driver.sendSaslFrame(0, new SaslMechanisms().setSaslServerMechanisms(Symbol.valueOf("MSSBCBS"),
				Symbol.valueOf("PLAIN"), Symbol.valueOf("ANONYMOUS"), Symbol.valueOf("EXTERNAL")));
	}

	@Override
	public void handleInit(int frameSize, SaslInit init, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.recording.add("", init, null);
		driver.sendSaslFrame(0, new SaslOutcome().setCode(UnsignedByte.valueOf((byte) 0)));
		driver.resetToExpectingAMQPHeader();
	}

	@Override
	public void handleAMQPHeader(AMQPHeader header, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		driver.sendHeader(AMQPHeader.getAMQPHeader());
	}

	@Override
	public void handleOpen(int frameSize, Open open, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.recording.opened(open);
		driver.sendAMQPFrame(channel,
				new Open().setContainerId("service")
					.setMaxFrameSize(UnsignedInteger.valueOf(65536))
					.setChannelMax(UnsignedShort.valueOf(4999)),
				null);
	}

	@Override
	public void handleBegin(int frameSize, Begin begin, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.recording.add("", begin, null);
		driver.sendAMQPFrame(channel,
				new Begin().setRemoteChannel(UnsignedShort.valueOf(channel))
					.setNextOutgoingId(UnsignedInteger.valueOf(0))
					.setIncomingWindow(WINDOW)
					.setOutgoingWindow(WINDOW),
				null);
	}

	@Override
	public void handleAttach(int frameSize, Attach attach, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.links.attached(attach, channel, driver);
	}

	@Override
	public void handleFlow(int frameSize, Flow flow, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.links.flowed(flow, channel, driver);
	}

	@Override
	public void handleTransfer(int frameSize, Transfer transfer, ByteBuffer payload, int channel,
			AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		this.links.transferred(transfer, bytes, channel, driver);
	}

	@Override
	public void handleDisposition(int frameSize, Disposition disposition, ByteBuffer payload, int channel,
			AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.links.disposed(disposition, channel, driver);
	}

	@Override
	public void handleDetach(int frameSize, Detach detach, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.links.detached(detach, channel, driver);
	}

	@Override
	public void handleEnd(int frameSize, End end, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.recording.add("", end, null);
		driver.sendAMQPFrame(channel, new End(), null);
	}

	@Override
	public void handleClose(int frameSize, Close close, ByteBuffer payload, int channel, AMQPTestDriver driver) {
		driver.addScriptedElement(this);
		this.recording.add("", close, null);
		driver.sendAMQPFrame(channel, new Close(), null);
	}

	@Override
	public void handleHeartBeat(int frameSize, HeartBeat heartBeat, ByteBuffer payload, int channel,
			AMQPTestDriver driver) {
		driver.addScriptedElement(this);
	}

}
