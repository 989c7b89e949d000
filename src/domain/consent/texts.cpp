#include "domain/consent/texts.hpp"

#include "crypto/digest.hpp"

namespace countersign::domain {
namespace {

// A change of a single word needs a new kConsentVersion: people agreed to these sentences and no others.

ConsentText english() {
    ConsentText text;
    text.version = std::string(kConsentVersion);
    text.locale = "en";
    text.title = "Your consent to face recognition";
    text.paragraphs = {
        "What it is for. The application you are signing in to asks for a second proof that it is really "
        "you. If you agree, this service compares your face with the one you enrolled, or enrols it now "
        "if this is the first time. It is used for nothing else: not to search for you in other pictures, "
        "not to guess your age, origin, mood or health, and not to train any system.",
        "What is recorded. While the camera is on, a few pictures are sent over an encrypted connection, "
        "checked for a living person in front of the camera, turned into a numeric template of your face "
        "and then deleted. The pictures are not stored. During the check the screen may show soft "
        "changing colours.",
        "What is stored. The template, encrypted with a key that belongs to you alone; the identifier "
        "under which the application knows you; the time and the outcome of each check; and this consent. "
        "A template is biometric data. It is a special category of personal data, and we may use it only "
        "because you agree.",
        "How long. The template stays until you withdraw your consent, your account is deleted or the "
        "operator of the application ends the service for you. Its key is destroyed then, so that copies "
        "cannot be read any more. An enrolment that is not completed is deleted after five minutes. Of "
        "each check a template and a coarse pattern of the face are kept for 30 days, encrypted with the "
        "same key, so that a recording of it is recognised and refused. Records of the outcome, which "
        "hold no biometric data, are kept by the operator for security and proof.",
        "Who receives it. The operator of the application is responsible for the processing and runs this "
        "service or has it run on its behalf. The application is told only whether the check succeeded. "
        "Your biometric data is not sold, not rented and not passed on to anybody for their own purposes.",
        "Your choice. You are free to refuse, and refusing must not put you at a disadvantage. Choose "
        "\"Use another method\" to go back and sign in with another second factor; if you are offered "
        "none, ask the operator of the application for one.",
        "Withdrawing. You may withdraw your consent at any time by asking the operator of the application "
        "to delete your face enrolment. What happened before remains lawful. You may also ask for access "
        "to your data, for its correction or deletion, and complain to a data protection authority.",
    };
    return text;
}

ConsentText german() {
    ConsentText text;
    text.version = std::string(kConsentVersion);
    text.locale = "de";
    text.title = "Ihre Einwilligung in die Gesichtserkennung";
    text.paragraphs = {
        "Wozu. Die Anwendung, bei der Sie sich anmelden, verlangt einen zweiten Nachweis, dass Sie es "
        "wirklich sind. Wenn Sie zustimmen, vergleicht dieser Dienst Ihr Gesicht mit dem, das Sie "
        "hinterlegt haben, oder hinterlegt es jetzt, falls Sie ihn zum ersten Mal benutzen. Zu anderem "
        "dient es nicht: weder um Sie auf anderen Bildern zu suchen, noch um Alter, Herkunft, Stimmung "
        "oder Gesundheit abzuschätzen, noch um ein System zu trainieren.",
        "Was aufgenommen wird. Solange die Kamera läuft, werden einige Bilder über eine verschlüsselte "
        "Verbindung übertragen. Es wird geprüft, ob ein lebender Mensch vor der Kamera ist; daraus wird "
        "eine Zahlenreihe, die Vorlage Ihres Gesichts, berechnet, und die Bilder werden gelöscht. Sie "
        "werden nicht gespeichert. Während der Prüfung kann der Bildschirm sanft wechselnde Farben zeigen.",
        "Was gespeichert wird. Die Vorlage, verschlüsselt mit einem Schlüssel, der nur zu Ihnen gehört; "
        "die Kennung, unter der die Anwendung Sie kennt; Zeit und Ergebnis jeder Prüfung; und diese "
        "Einwilligung. Eine solche Vorlage gehört zu den biometrischen Daten, einer besonderen Art "
        "personenbezogener Daten. Wir dürfen sie nur verwenden, weil Sie zustimmen.",
        "Wie lange. Die Vorlage bleibt gespeichert, bis Sie Ihre Einwilligung widerrufen, Ihr Konto "
        "gelöscht wird oder der Betreiber der Anwendung den Dienst für Sie beendet. Dann wird ihr "
        "Schlüssel vernichtet, sodass auch Kopien nicht mehr lesbar sind. Eine nicht abgeschlossene "
        "Hinterlegung wird nach fünf Minuten gelöscht. Von jeder Prüfung werden 30 Tage lang eine Vorlage "
        "und ein grobes Muster des Gesichts aufbewahrt, mit demselben Schlüssel verschlüsselt, damit eine "
        "Aufnahme der Prüfung erkannt und abgewiesen wird. Aufzeichnungen über das Ergebnis enthalten "
        "keine biometrischen Daten; der Betreiber bewahrt sie zur Sicherheit und zum Nachweis auf.",
        "Wer sie erhält. Verantwortlich ist der Betreiber der Anwendung; er führt diesen Dienst selbst "
        "oder lässt ihn in seinem Auftrag führen. Die Anwendung erfährt nur, ob die Prüfung gelungen ist. "
        "Ihre biometrischen Daten werden nicht verkauft, nicht vermietet und niemandem zu eigenen Zwecken "
        "weitergegeben.",
        "Ihre Wahl. Sie können frei ablehnen, und eine Ablehnung darf Ihnen nicht schaden. Mit \"Andere "
        "Methode verwenden\" gehen Sie zurück und melden sich mit einem anderen zweiten Faktor an; wird "
        "Ihnen keiner angeboten, verlangen Sie beim Betreiber der Anwendung danach.",
        "Widerruf. Sie können Ihre Einwilligung jederzeit widerrufen, indem Sie den Betreiber der "
        "Anwendung bitten, Ihr hinterlegtes Gesicht zu löschen. Was vorher geschah, bleibt rechtmäßig. "
        "Sie können außerdem Auskunft über Ihre Daten, deren Berichtigung oder Löschung verlangen und "
        "sich bei einer Datenschutzbehörde beschweren.",
    };
    return text;
}

ConsentText with_hash(ConsentText text) {
    text.sha256 = consent_hash(text);
    return text;
}

}  // namespace

std::string consent_hash(const ConsentText& text) {
    auto shown = fmt::format("{}\n{}\n{}\n", text.version, text.locale, text.title);
    for (const auto& paragraph : text.paragraphs)
        shown += paragraph + "\n";
    return to_hex(crypto::sha256(as_bytes(shown)));
}

std::string_view supported_locale(std::string_view locale) {
    const auto language = locale.substr(0, locale.find_first_of("-_"));
    const bool is_german = language.size() == 2 && (language[0] | 0x20) == 'd' && (language[1] | 0x20) == 'e';
    return is_german ? "de" : "en";
}

const ConsentText& consent_text(std::string_view locale) {
    static const ConsentText en = with_hash(english());
    static const ConsentText de = with_hash(german());
    return supported_locale(locale) == "de" ? de : en;
}

}  // namespace countersign::domain
