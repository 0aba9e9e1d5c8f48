package dev.servicebus.emulator.admin.description;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * The authorization rules in the description of a queue or topic.
 */
public final class AuthorizationRules {

	private static final String NAME = "AuthorizationRules";

	private static final int MAX_RULES = 12;

	private static final int KEY_BYTES = 32;

	private static final SecureRandom random = new SecureRandom();

	private AuthorizationRules() {
	}

	/**
	 * Reads the rules of an entity. Keys that are missing are made up.
	 * @param description the element with the description of the entity
	 * @return the rules, {@code null} if the description says nothing of them
	 * @throws BrokerException if one of them is not valid
	 */
	public static @Nullable List<AuthorizationRule> read(XmlElement description) {
		XmlElement element = description.child(NAME);
		if (element == null) {
			return null;
		}
		List<AuthorizationRule> rules = new ArrayList<>();
		for (XmlElement rule : element.children("AuthorizationRule")) {
			rules.add(rule(rule));
		}
		if (rules.size() > MAX_RULES) {
			throw Values.invalid("An entity must not have more than " + MAX_RULES + " authorization rules.");
		}
		if (rules.stream().map(AuthorizationRule::name).distinct().count() < rules.size()) {
			throw Values.invalid("The authorization rules of an entity must have different names.");
		}
		return rules;
	}

	/**
	 * Writes the rules of an entity. Theirs are the times of the entity.
	 */
	static void write(DescribedEntity entity, XmlWriter xml) {
		xml.start(NAME);
		for (AuthorizationRule rule : entity.rules()) {
			xml.start("AuthorizationRule").type("SharedAccessAuthorizationRule");
			xml.element("ClaimType", "SharedAccessKey").element("ClaimValue", "None");
			xml.start("Rights");
			for (Right right : List.of(Right.MANAGE, Right.SEND, Right.LISTEN)) {
				xml.element("AccessRights", rule.rights().contains(right) ? text(right) : null);
			}
			xml.end();
			xml.element("CreatedTime", entity.times().createdAt()).element("ModifiedTime", entity.times().updatedAt());
			xml.element("KeyName", rule.name())
				.element("PrimaryKey", rule.primaryKey())
				.element("SecondaryKey", rule.secondaryKey());
			xml.end();
		}
		xml.end();
	}

	private static AuthorizationRule rule(XmlElement element) {
		String name = element.childText("KeyName");
		if (name == null || name.isBlank()) {
			throw Values.invalid("An authorization rule needs the element KeyName.");
		}
		Set<Right> rights = EnumSet.noneOf(Right.class);
		XmlElement rightsElement = element.child("Rights");
		if (rightsElement != null) {
			rightsElement.children("AccessRights")
				.forEach((right) -> rights.add(Values.read("AccessRights", right.text(), "Manage, Send or Listen",
						AuthorizationRules::right)));
		}
		if (rights.isEmpty() || (rights.contains(Right.MANAGE) && rights.size() < Right.values().length)) {
			throw Values.invalid("The authorization rule '" + Values.abbreviate(name)
					+ "' needs a right, and with Manage also Send and Listen.");
		}
		return new AuthorizationRule(name, key(element, "PrimaryKey"), key(element, "SecondaryKey"), rights);
	}

	private static String key(XmlElement element, String name) {
		String key = element.childText(name);
		if (key != null && !key.isBlank()) {
			return key;
		}
		byte[] bytes = new byte[KEY_BYTES];
		random.nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static Right right(String text) {
		for (Right right : Right.values()) {
			if (text(right).equals(text)) {
				return right;
			}
		}
		throw new IllegalArgumentException("not a right");
	}

	private static String text(Right right) {
		return switch (right) {
			case MANAGE -> "Manage";
			case SEND -> "Send";
			case LISTEN -> "Listen";
		};
	}

}
