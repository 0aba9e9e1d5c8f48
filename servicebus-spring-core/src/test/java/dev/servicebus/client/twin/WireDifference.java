package dev.servicebus.client.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that the two clients say differently.
 *
 * @param place where, for example {@code attach receiver.source.address}
 * @param theirs what Microsoft's client says there, {@code -} for nothing
 * @param ours what our client says there, {@code -} for nothing
 */
record WireDifference(String place, String theirs, String ours) {

	private static final String NOTHING = "-";

	/**
	 * Compares what both have said. A frame or request that only one of them sends is one
	 * difference, whatever it says. How a client leaves is not compared where only one of
	 * them finds the time to: closing the connection ends everything on it.
	 */
	static List<WireDifference> between(Facts theirs, Facts ours) {
		Set<String> places = new TreeSet<>(theirs.values().keySet());
		places.addAll(ours.values().keySet());
		List<WireDifference> differences = new ArrayList<>();
		for (String place : places) {
			String subject = Facts.subject(place);
			WireDifference difference = new WireDifference(place, theirs.at(place), ours.at(place));
			boolean onlyOne = isAbsent(theirs, subject) || isAbsent(ours, subject);
			boolean leaving = subject.startsWith("detach ") || subject.equals("end");
			if (!difference.theirs.equals(difference.ours) && !(onlyOne && (leaving || !place.equals(subject)))) {
				differences.add(difference);
			}
		}
		return differences;
	}

	private static boolean isAbsent(Facts facts, String subject) {
		return facts.values().keySet().stream().noneMatch((place) -> Facts.subject(place).equals(subject));
	}

	@Override
	public String toString() {
		return "| " + this.place + " | " + this.theirs + " | " + this.ours + " |";
	}

}
