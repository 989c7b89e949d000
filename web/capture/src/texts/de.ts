import type { Table } from '@countersign/web-shared/i18n';
import type { TextKey } from './en';

export const de: Table<TextKey> = {
  'page.title': '{title} · {application}',
  'page.product': 'Gesichtsprüfung',
  'page.loading': 'Einen Moment',
  'page.account': 'Angemeldet als {account}',
  'page.language': 'Sprache',
  'page.support': 'Support-Referenz',
  'page.code': 'Code',

  'action.agree': 'Zustimmen und weiter',
  'action.decline': 'Ablehnen',
  'action.readAgain': 'Noch einmal lesen',
  'action.start': 'Kamera starten',
  'action.useMovement': 'Stattdessen Kopfbewegungen',
  'action.useColours': 'Stattdessen Bildschirmfarben',
  'action.retry': 'Noch einmal versuchen',
  'action.resume': 'Weiter',
  'action.cancel': 'Abbrechen',
  'action.keepGoing': 'Weitermachen',
  'action.confirmCancel': 'Ja, abbrechen',
  'action.otherMethod': 'Anders anmelden',
  'action.back': 'Zurück zu {application}',
  'action.leave': 'Zurück',
  'action.continueHere': 'Trotzdem hier versuchen',
  'action.receipt': 'Beleg herunterladen',

  'consent.check': 'Ich habe das gelesen und stimme der beschriebenen Nutzung meiner Gesichtsdaten zu.',
  'consent.unticked': 'Setzen Sie das Häkchen, oder lehnen Sie ab.',
  'consent.version': 'Fassung {version}',
  'consent.recorded': 'Ihre Zustimmung ist festgehalten',
  'consentDeclined.title': 'Ohne Ihr Gesicht weitermachen?',
  'consentDeclined.text':
    'Die Kamera bleibt aus. Sie können sich bei {application} auf anderem Weg anmelden.',

  'intro.title.enrolment': 'Gesichtsprüfung einrichten',
  'intro.title.verification': 'Bestätigen Sie, dass Sie es sind',
  'intro.text.enrolment':
    'Wir nehmen einige Bilder Ihres Gesichts auf, damit {application} Sie beim nächsten Mal erkennt.',
  'intro.text.verification':
    'Wir vergleichen Ihr Gesicht mit dem, das Sie für {application} eingerichtet haben. Das dauert wenige Sekunden.',
  'intro.tip.light': 'Gesicht zum Fenster oder zur Lampe',
  'intro.tip.face': 'Sonnenbrille, Hut und Maske ablegen',
  'intro.tip.level': 'Kamera auf Augenhöhe halten',
  'intro.flash.title': 'Ihr Bildschirm wechselt die Farben',
  'intro.flash.text':
    'Etwa drei Sekunden lang folgen sanfte Farben aufeinander. Wenn Sie empfindlich auf Lichtwechsel reagieren, wählen Sie Kopfbewegungen.',
  'intro.movement.title': 'Sie werden gebeten, den Kopf zu bewegen',
  'intro.movement.text':
    'Etwa 15 Sekunden lang folgen kurze Anweisungen aufeinander. Der Bildschirm wechselt keine Farben.',

  'permission.title': 'Kamera erlauben',
  'permission.text': 'Ihr Browser fragt, ob diese Seite die Kamera nutzen darf. Wählen Sie „Zulassen“.',
  'permission.ignored.title': 'Wir warten noch auf Ihre Antwort',
  'permission.ignored.text':
    'Suchen Sie die Frage des Browsers neben der Adresszeile und wählen Sie „Zulassen“.',
  'starting.title': 'Die Kamera startet',

  'guide.title': 'Gesicht in das Oval',
  'challenge.title': 'Schauen Sie auf den Bildschirm',
  'challenge.hint': 'Stillhalten, Farben werden gezeigt',
  'challenge.interrupted': 'Noch einmal: Gesicht im Oval halten',
  'movement.title': 'Folgen Sie den Anweisungen',
  'movement.second': 'Noch eine Prüfung: Folgen Sie den Anweisungen',
  'movement.interrupted': 'Noch einmal von vorn: Gesicht im Oval halten',
  'movement.look_ahead': 'Geradeaus schauen',
  'movement.turn_left': 'Kopf nach links drehen',
  'movement.turn_right': 'Kopf nach rechts drehen',
  'movement.approach': 'Langsam näher kommen',
  'movement.close_eyes': 'Augen eine Sekunde schließen',
  'checking.title': 'Wir prüfen',
  'checking.hint': 'Wir prüfen, einen Moment',

  'hint.no_face': 'Schauen Sie in die Kamera',
  'hint.multiple_faces': 'Bitte nur eine Person',
  'hint.too_dark': 'Suchen Sie mehr Licht',
  'hint.too_bright': 'Suchen Sie weniger helles Licht',
  'hint.backlit': 'Licht nicht im Rücken haben',
  'hint.uneven_light': 'Gesicht zum Licht drehen',
  'hint.too_far': 'Kommen Sie näher',
  'hint.too_close': 'Etwas weiter weg',
  'hint.move_left': 'Nach links',
  'hint.move_right': 'Nach rechts',
  'hint.move_up': 'Nach oben',
  'hint.move_down': 'Nach unten',
  'hint.look_straight': 'Geradeaus schauen',
  'hint.raise_phone': 'Kamera auf Augenhöhe heben',
  'hint.hold_still': 'Stillhalten',
  'hint.blurry': 'Stillhalten, das Bild ist unscharf',
  'hint.clean_lens': 'Kameralinse abwischen',
  'hint.eyes_closed': 'Augen öffnen',
  'hint.look_at_screen': 'Auf den Bildschirm schauen',
  'hint.glasses_glare': 'Kopf leicht neigen, die Brille spiegelt',
  'hint.sunglasses': 'Sonnenbrille abnehmen',
  'hint.mask_or_hand': 'Gesicht nicht verdecken',
  'hint.hat_shadow': 'Hut abnehmen',
  'hint.neutral_face': 'Gesicht entspannen',
  'hint.low_fps': 'Andere Programme schließen, die Kamera ist langsam',
  'hint.great': 'Perfekt, stillhalten',
  'hint.none': 'Gleich geht es los',

  'retry.title': 'Versuchen wir es noch einmal',
  'retry.not_verified': 'Wir konnten diesmal nicht bestätigen, dass Sie es sind.',
  'retry.face_timeout': 'Wir konnten Ihr Gesicht nicht deutlich sehen.',
  'retry.other': 'Die Prüfung wurde unterbrochen.',
  'retry.tips': 'Das hilft:',
  'retry.left.one': 'Noch ein Versuch',
  'retry.left.other': 'Noch {count} Versuche',

  'success.title.enrolment': 'Ihre Gesichtsprüfung ist eingerichtet',
  'success.title.verification': 'Sie sind es',
  'success.text': 'Wir bringen Sie zurück zu {application}',
  'returning.title': 'Wir bringen Sie zurück',
  'returning.text': 'Das dauert eine Sekunde.',

  'expired.title': 'Das hat zu lange gedauert',
  'expired.text':
    'Zu Ihrer Sicherheit endet eine Anmeldung nach wenigen Minuten. Gehen Sie zurück und melden Sie sich neu an.',
  'locked.title': 'Die Gesichtsprüfung pausiert',
  'locked.text':
    'Für dieses Konto gab es zu viele Versuche. Gehen Sie zurück und bitten Sie um Hilfe, oder versuchen Sie es später.',
  'attemptsUsed.title': 'Wir konnten nicht bestätigen, dass Sie es sind',
  'attemptsUsed.text':
    'Alle Versuche dieser Anmeldung sind verbraucht. Gehen Sie zurück und melden Sie sich neu an.',
  'failed.title': 'Die Gesichtsprüfung ist beendet',
  'failed.text': 'Gehen Sie zurück zu {application}, um fortzufahren.',
  'failed.cancelled.title': 'Die Gesichtsprüfung wurde abgebrochen',
  'failed.cancelled.text': 'Gehen Sie zurück zu {application}, um sich anders anzumelden.',
  'failed.integration_disabled.title': 'Die Gesichtsprüfung ist abgeschaltet',
  'failed.integration_disabled.text':
    'Die Verwaltung von {application} hat sie abgeschaltet. Gehen Sie zurück, um fortzufahren.',
  'failed.not_enrolled.title': 'Ihre Gesichtsprüfung ist nicht eingerichtet',
  'failed.not_enrolled.text':
    'Sie können sie hier nicht selbst einrichten. Fragen Sie die Verwaltung von {application}.',

  'cancelConfirm.title': 'Gesichtsprüfung abbrechen?',
  'cancelConfirm.text': 'Sie gehen zurück zu {application}, ohne angemeldet zu sein.',

  'inApp.title': 'Öffnen Sie {application} im Browser',
  'inApp.text':
    'Der eingebaute Browser dieser App sperrt oft die Kamera. Öffnen Sie {application} in Safari oder Chrome und melden Sie sich dort an.',

  'error.insecure_context.title': 'Diese Verbindung ist nicht sicher',
  'error.insecure_context.text':
    'Die Kamera geht nur unter einer Adresse, die mit https beginnt. Gehen Sie zurück und melden Sie sich neu an.',
  'error.unsupported_browser.title': 'Dieser Browser ist zu alt',
  'error.unsupported_browser.text':
    'Melden Sie sich mit einer aktuellen Version von Chrome, Edge, Firefox oder Safari an.',
  'error.permission_denied.title': 'Die Kamera ist gesperrt',
  'error.permission_denied.text':
    'Klicken Sie auf das Symbol neben der Adresse und erlauben Sie die Kamera. Dann geht es von selbst weiter.',
  'error.permission_policy_blocked.title': 'Die Kamera ist hier nicht verfügbar',
  'error.permission_policy_blocked.text':
    'Diese Seite darf die Kamera nicht nutzen. Öffnen Sie sie in einem eigenen Tab.',
  'error.no_camera.title': 'Keine Kamera gefunden',
  'error.no_camera.text': 'Schließen Sie eine Kamera an und versuchen Sie es noch einmal.',
  'error.camera_in_use.title': 'Die Kamera ist belegt',
  'error.camera_in_use.text':
    'Schließen Sie andere Programme, die die Kamera nutzen, und versuchen Sie es noch einmal.',
  'error.camera_overconstrained.title': 'Diese Kamera passt nicht',
  'error.camera_overconstrained.text': 'Wählen Sie eine andere Kamera und versuchen Sie es noch einmal.',
  'error.camera_muted.title': 'Die Kamera zeigt kein Bild',
  'error.camera_muted.text': 'Öffnen Sie die Abdeckung oder den Deckel und versuchen Sie es noch einmal.',
  'error.camera_failed.title': 'Die Kamera ist nicht gestartet',
  'error.camera_failed.text':
    'Schließen Sie andere Programme, die die Kamera nutzen, und versuchen Sie es noch einmal.',
  'error.track_ended.title': 'Die Kamera wurde getrennt',
  'error.track_ended.text': 'Schließen Sie sie wieder an und versuchen Sie es noch einmal.',
  'error.asset_load_failed.title': 'Die Seite ist unvollständig',
  'error.asset_load_failed.text':
    'Ein Teil dieser Seite wurde nicht geladen. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  'error.face_timeout.title': 'Wir konnten Ihr Gesicht nicht deutlich sehen',
  'error.face_timeout.text':
    'Suchen Sie gleichmäßiges Licht, schauen Sie in die Kamera und versuchen Sie es noch einmal. Es wurde kein Versuch verbraucht.',
  'error.tab_hidden.title': 'Angehalten',
  'error.tab_hidden.text': 'Die Kamera wurde ausgeschaltet, weil Sie diese Seite verlassen haben.',
  'error.network_lost.title': 'Die Verbindung ist abgebrochen',
  'error.network_lost.text': 'Prüfen Sie Ihr Netz und versuchen Sie es noch einmal.',
  'error.network_slow.title': 'Die Verbindung ist langsam',
  'error.network_slow.text':
    'Der Server hat nicht rechtzeitig geantwortet. Versuchen Sie es noch einmal, am besten in einem besseren Netz.',
  'error.server_busy.title': 'Gerade ist viel los',
  'error.server_busy.text': 'Wir versuchen es von selbst noch einmal.',
  'error.server_busy.countdown.one': 'Nächster Versuch in einer Sekunde',
  'error.server_busy.countdown.other': 'Nächster Versuch in {count} Sekunden',
  'error.protocol_error.title': 'Wir haben den Server nicht verstanden',
  'error.protocol_error.text':
    'Versuchen Sie es noch einmal. Geschieht es wieder, melden Sie sich anders an.',
  'error.unavailable.title': 'Die Gesichtsprüfung ist nicht verfügbar',
  'error.unavailable.text':
    'Versuchen Sie es gleich noch einmal, oder gehen Sie zurück und melden Sie sich anders an.',
  'error.forbidden.title': 'Diese Prüfung gehört zu einem anderen Browser',
  'error.forbidden.text':
    'Machen Sie dort weiter, wo Sie sie geöffnet haben, oder melden Sie sich hier neu an.',
  'error.already_used.title': 'Diese Prüfung ist schon beendet',
  'error.already_used.text': 'Jeder Link gilt einmal. Gehen Sie zurück zur App und melden Sie sich neu an.',
  'error.link_invalid.title': 'Dieser Link geht nicht',
  'error.link_invalid.text': 'Gehen Sie zurück zur App und melden Sie sich neu an.',
  'error.link_expired.title': 'Dieser Link ist abgelaufen',
  'error.link_expired.text': 'Gehen Sie zurück zur App und melden Sie sich neu an.',
  'error.unknown_integration.title': 'Dieser Link geht nicht',
  'error.unknown_integration.text':
    'Die App, von der Sie kommen, ist hier nicht eingerichtet. Sagen Sie es ihrer Verwaltung.',
  'error.unknown_domain.title': 'Dieser Link geht nicht',
  'error.unknown_domain.text':
    'Die Adresse, von der Sie kommen, ist hier nicht eingetragen. Sagen Sie es der Verwaltung der App.',
  'error.other.title': 'Das hat nicht geklappt',
  'error.other.text':
    'Versuchen Sie es noch einmal. Geschieht es wieder, melden Sie sich anders an und nennen Sie die Referenz unten.',
  'error.camera.choose': 'Kamera',
};
