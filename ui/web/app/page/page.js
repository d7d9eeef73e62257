// Has the phone make a passkey, or sign with one, and sends what it says with the form.
'use strict';

(function () {
	// What stands in JSON as base64url is bytes for a browser (WebAuthn, 5.1.8 to 5.1.10).
	function toBytes(text) {
		var binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
		return Uint8Array.from(binary, function (c) { return c.charCodeAt(0); });
	}

	function toText(buffer) {
		var binary = '';
		new Uint8Array(buffer).forEach(function (b) { binary += String.fromCharCode(b); });
		return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
	}

	function toKeys(all) {
		return (all || []).map(function (key) { return Object.assign({}, key, { id: toBytes(key.id) }); });
	}

	function optionsOf(request) {
		var options = JSON.parse(request);
		options.challenge = toBytes(options.challenge);
		if (options.user) {
			options.user.id = toBytes(options.user.id);
			options.excludeCredentials = toKeys(options.excludeCredentials);
		} else {
			options.allowCredentials = toKeys(options.allowCredentials);
		}
		return options;
	}

	function textOf(credential) {
		var said = credential.response, response = { clientDataJSON: toText(said.clientDataJSON) };
		['attestationObject', 'authenticatorData', 'signature', 'userHandle'].forEach(function (name) {
			if (said[name]) {
				response[name] = toText(said[name]);
			}
		});
		if (said.getTransports) {
			response.transports = said.getTransports();
		}
		return JSON.stringify({
			id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: response,
			authenticatorAttachment: credential.authenticatorAttachment || undefined,
			clientExtensionResults: {}
		});
	}

	var form = document.getElementById('answer');
	var status = document.getElementById('status');
	var buttons = form ? form.querySelectorAll('button') : [];

	function say(name) {
		status.setAttribute('data-shows', name);
		status.textContent = status.getAttribute('data-' + name);
		status.scrollIntoView({ block: 'nearest' });
	}

	function allow(which, may) {
		Array.prototype.forEach.call(buttons, function (button) {
			if (which(button)) {
				button.disabled = !may;
			}
		});
	}

	function all() { return true; }
	function asksPhone(button) { return button.hasAttribute('data-asks-phone'); }

	var why = {
		NotAllowedError: 'cancelled', AbortError: 'cancelled', TimeoutError: 'cancelled',
		InvalidStateError: 'present', SecurityError: 'elsewhere', NotSupportedError: 'unsupported'
	};

	function ask(button) {
		var create = form.getAttribute('data-ceremony') === 'create';
		allow(all, false);
		button.classList.add('pressed');
		say('working');
		return Promise.resolve().then(function () {
			var given = { publicKey: optionsOf(form.getAttribute('data-request')) };
			return create ? navigator.credentials.create(given) : navigator.credentials.get(given);
		}).then(function (credential) {
			document.getElementById('passkey').value = textOf(credential);
			if (button.name) {
				var chosen = document.createElement('input');
				chosen.type = 'hidden';
				chosen.name = button.name;
				chosen.value = button.value;
				form.appendChild(chosen);
			}
			form.submit();
		}).catch(function (err) {
			allow(all, true);
			button.classList.remove('pressed');
			say(why[err && err.name] || 'failed');
			button.focus();
		});
	}

	function begin() {
		if (!window.isSecureContext || !window.PublicKeyCredential || !navigator.credentials) {
			allow(asksPhone, false);
			say(window.isSecureContext === false ? 'insecure' : 'unsupported');
			return;
		}
		Array.prototype.filter.call(buttons, asksPhone).forEach(function (button) {
			button.addEventListener('click', function (event) {
				event.preventDefault();
				ask(button);
			});
		});
	}

	// Who comes back to the page finds it as it was, which is of no use any more.
	window.addEventListener('pageshow', function (event) {
		if (event.persisted && form) {
			location.reload();
		}
	});

	if (form) {
		begin();
	}

	// A passkey that was removed at the desk is of no use on this phone either.
	var page = document.getElementById('page').dataset;
	if (page.removed && window.PublicKeyCredential && PublicKeyCredential.signalUnknownCredential) {
		PublicKeyCredential.signalUnknownCredential({ rpId: page.host, credentialId: page.removed }).catch(function () {});
	}
})();
