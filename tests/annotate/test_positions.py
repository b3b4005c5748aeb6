"""People and their offices: what a sentence says of whom. Sentences and names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon.annotate.document import read_text

# sentence, then for each person "name: title @ body or country; …" ("-" where the sentence leaves it open)
ROWS = [
    # a title before the name, with and without a comma
    ("Kenya's Foreign Minister, Dr Wanjiru Odhiambo, arrived.", "Wanjiru Odhiambo: Foreign Minister @ KE"),
    ("He met the Minister of Foreign Affairs of the Islamic Republic of Iran, Mr. Hamid Rostami, there.", "Hamid Rostami: Minister of Foreign Affairs @ IR"),
    ("He was received by the country's Vice-President, Pablo Arriaga.", "Pablo Arriaga: Vice-President @ -"),
    ("She saw the Prime Minister, the Hon Tavita Bole, in Suva.", "Tavita Bole: Prime Minister @ -"),
    ("In June, Ghana's Foreign Minister, Ms Akosua Darko, rang him.", "Akosua Darko: Foreign Minister @ GH"),
    ("The head of the OSCE Centre in Osh Markus Brandt was there.", "Markus Brandt: head @ OSCE Centre in Osh"),
    ("Party General Secretary To Binh left.", "To Binh: General Secretary @ Party"),
    # a title after the name
    ("Maria Gonzalez, the Permanent Representative of Mexico to the United Nations, spoke.", "Maria Gonzalez: Permanent Representative to the United Nations @ MX"),
    ("Petar Dimov, 61, the long-serving Foreign Minister of Bulgaria, retired.", "Petar Dimov: Foreign Minister @ BG"),
    ("Ahmed Nasser, who was Egypt's ambassador to Sudan, agreed.", "Ahmed Nasser: ambassador to Sudan @ EG"),
    ("Thomas Adler, who heads the African Development Bank, agreed.", "Thomas Adler: head @ African Development Bank"),
    # a title that a verb gives
    ("Ms. Lucia Ferrara served as Italy's consul general in Turin.", "Lucia Ferrara: consul general in Turin @ IT"),
    ("Ms. Mary Phiri was appointed Minister of Health in 2020 and became Deputy Prime Minister.", "Mary Phiri: Minister of Health @ -; Deputy Prime Minister @ -"),
    ("He announced the appointment of Mary Phiri as Zambian Ambassador to Japan.", "Mary Phiri: Ambassador to Japan @ ZM"),
    ("Mr. Jon Vik spoke. He is also the Chair of the Arctic Council.", "Jon Vik: Chair @ Arctic Council"),
    ("Ms. Ida Lund was the first foreign minister to visit the town.", "Ida Lund:"),
    # owners, assistants, ranks and lists, as ministries of many countries write them
    ("Karel Dvorsky, the Czech Republic's prime minister, came.", "Karel Dvorsky: prime minister @ CZ"),
    ("Pavol Hrusk, the parliament's deputy speaker, spoke.", "Pavol Hrusk: deputy speaker @ parliament"),
    ("He saw Deputy Assistant to the President and Deputy Homeland Security Advisor Laura Brennan.",
     "Laura Brennan: Deputy Assistant to the President @ -; Deputy Homeland Security Advisor @ -"),
    ("The Minister for Trade and Minister Assisting the Treasurer, Colin Burrow, came.", "Colin Burrow: Minister for Trade @ -; Minister Assisting the Treasurer @ -"),
    ("He rang Director of the Diplomatic Cabinet of the Prime Minister of Greece Eleni Markou.", "Eleni Markou: Director @ Diplomatic Cabinet of the Prime Minister of Greece"),
    ("They were led by Co-Ministers of Defence General Sok Vannak and General Chan Darak.", "Sok Vannak: Co-Minister of Defence @ - | Chan Darak: Co-Minister of Defence @ -"),
    ("He called on H.E. Bounmy Keola and H.E. Khamla Vongsa, respectively president and prime minister of Laos.", "Bounmy Keola: president @ LA | Khamla Vongsa: prime minister @ LA"),
    ("He met President Omar Ndongo from Gabon.", "Omar Ndongo: President @ -"),
    ("He was with the Indonesian Defence and Security Minister, retired General Edi Sudarma, there.", "Edi Sudarma: Defence and Security Minister @ ID"),
    ("Foreign Minister Amir Khan Motaki came.", "Amir Khan Motaki: Foreign Minister @ -"),
    ("Li Zhenhai, chairman of the provincial people's congress standing committee, came.", "Li Zhenhai: chairman @ provincial people's congress standing committee"),
    ("The UK sent Douglas Alder, Minister of State at the Foreign, Commonwealth and Development Office.",
     "Douglas Alder: Minister of State @ Foreign, Commonwealth and Development Office"),
    ("He met Director of the Office of the Foreign Affairs Commission, and Foreign Minister Wang Yimou.",
     "Wang Yimou: Director @ Office of the Foreign Affairs Commission; Foreign Minister @ -"),
    ("Deputy Chief of Mission at the U.S. Embassy in Nairobi Marc Dillard came.", "Marc Dillard: Deputy Chief of Mission in Nairobi @ U.S. Embassy"),
    ("Hasan Khalid, special assistant to the prime minister, came.", "Hasan Khalid: special assistant to the prime minister @ -"),
    ("Chairman of the Joint Chiefs of Staff Committee General Sahir Mirzan came.", "Sahir Mirzan: Chairman of the Joint Chiefs of Staff Committee @ -"),
    ("He met State Secretary Eivind Pedersen from the Norwegian Ministry of Foreign Affairs.", "Eivind Pedersen: State Secretary @ Ministry of Foreign Affairs of Norway"),
    ("Lord Arden of Wimble, Minister of State for the Middle East, came.", "Arden of Wimble: Minister of State for the Middle East @ -"),
    ("The Cabinet Secretary, National Treasury and Economic Planning, John Mbadika, came.", "John Mbadika: Cabinet Secretary, National Treasury and Economic Planning @ -"),
    ("He received HE Ambassador Hans Udorf of Germany.", "Hans Udorf: Ambassador @ -"),
    ("He was received by President Danilo Turk, who spoke.", "Danilo Turk: President @ -"),
    # bodies named further, titles told in turn, a second office before a comma
    ("Among them was Secretary to the Ministry of Foreign Affairs Aruni Perera.", "Aruni Perera: Secretary @ Ministry of Foreign Affairs"),
    ("He met Head of Germany's Federal Chancellery Wolfgang Schmitz, and others.", "Wolfgang Schmitz: Head @ Federal Chancellery of Germany"),
    ("He met Minister President of State of Rhineland-Pfalz Alexander Weiss, and others.", "Alexander Weiss: Minister President @ State of Rhineland-Pfalz"),
    ("He met the leader of the ABC parliamentary group in the Senate Maria Lopez.", "Maria Lopez: leader @ ABC parliamentary group in the Senate"),
    ("He received Commander of the United States Fifth Fleet, Vice Admiral Charles Cole, there.", "Charles Cole: Commander @ United States Fifth Fleet"),
    ("He met the Prime Minister of Mali, Choguel Diarra, the Minister of Foreign Affairs, Abdoulaye Sow and others.",
     "Choguel Diarra: Prime Minister @ ML | Abdoulaye Sow: Minister of Foreign Affairs @ -"),
    ("He met Toshiro Nakai, former ABC secretary-general and chairman of the Workers Union, Makoto Kuga, former ABC chairman, and others.",
     "Toshiro Nakai: former secretary-general @ ABC; chairman @ Workers Union | Makoto Kuga: former chairman @ ABC"),
    ("Permanent Secretary Anna Lund will co-chair the meeting.", "Anna Lund: Permanent Secretary @ -"),
    ("He met the OSCE Special Envoy for the Red Sea, Gulf of Aden and Somalia, Dr. Mohamed Ali Gure, there.",
     "Mohamed Ali Gure: Special Envoy for the Red Sea, Gulf of Aden and Somalia @ OSCE"),
    ("Maqbul Ali, minister of trade and industry, came.", "Maqbul Ali: minister of trade and industry @ -"),
    ("He received the Oslo-based Ambassador of Lesotho Thabo Mokoena.", "Thabo Mokoena: Ambassador @ LS"),
    ("Tapas Thapa, joint secretary, South East Asia Division of ABC, came.", "Tapas Thapa: joint secretary @ South East Asia Division of ABC"),
    ("The minister met Korean Vice Defence Minister Hwang In-su in Hanoi.", "Hwang In-su: Vice Defence Minister @ KR"),
    # lists under a plural
    ("The Greek, Cypriot and French foreign ministers Nikos Pappas, Andreas Loizou and Claude Berthier met.",
     "Nikos Pappas: foreign minister @ GR | Andreas Loizou: foreign minister @ CY | Claude Berthier: foreign minister @ FR"),
    ("The prime ministers of Estonia and Latvia, Mart Tamm and Janis Ozols, met.", "Mart Tamm: prime minister @ EE | Janis Ozols: prime minister @ LV"),
    ("The ambassadors of Peru and Cuba to Ethiopia, Rosa Quispe and Raul Duarte, came.", "Rosa Quispe: ambassador to Ethiopia @ PE | Raul Duarte: ambassador to Ethiopia @ CU"),
    ("He met Presidents Paul Mugabo of Rwanda; Abel Haikali of Namibia; and Jean Ndayi of Burundi.",
     "Paul Mugabo: President @ - | Abel Haikali: President @ - | Jean Ndayi: President @ -"),
    ("He met provincial ministers Amna Bokhar, Mujtuba Rehmat, Khalid Rafik and Bilal Yamen.",
     "Amna Bokhar: provincial minister @ - | Mujtuba Rehmat: provincial minister @ - | Khalid Rafik: provincial minister @ - | Bilal Yamen: provincial minister @ -"),
    # counterparts
    ("Japanese Prime Minister Kenji Mori met his Indian counterpart, Arun Mehta.", "Kenji Mori: Prime Minister @ JP | Arun Mehta: Prime Minister @ IN"),
    ("Swedish foreign minister Karin Lindgren and her Danish and Norwegian counterparts, Lars Holm and Ingrid Dahl, agreed.",
     "Karin Lindgren: foreign minister @ SE | Lars Holm: foreign minister @ DK | Ingrid Dahl: foreign minister @ NO"),
    # fields of government
    ("Minister of Transport, Highways, Ports, and Civil Aviation Bimal Perera came.", "Bimal Perera: Minister of Transport, Highways, Ports, and Civil Aviation @ -"),
    ("The Minister for Immigration and Multicultural and Indigenous Affairs, Philip Ashcroft, came.",
     "Philip Ashcroft: Minister for Immigration and Multicultural and Indigenous Affairs @ -"),
    ("Treasury and Finance Minister Cem Aydin came.", "Cem Aydin: Treasury and Finance Minister @ -"),
    ("He met the Minister of Reintegration, Ion Rusu.", "Ion Rusu: Minister of Reintegration @ -"),
    ("The Senior Minister of State (SMS) for Law, Ms Grace Lim, came.", "Grace Lim: Senior Minister of State for Law @ -"),
    # envoys, and whose they are
    ("The Special Envoy of the UN Secretary-General, Jan Kuban, came.", "Jan Kuban: Special Envoy of the UN Secretary-General @ United Nations"),
    ("The Kremlin's Syria envoy Oleg Lavrin came.", "Oleg Lavrin: Syria envoy @ Kremlin"),
    ("The UN Special Envoy for the Great Lakes region, Wei Xia, came.", "Wei Xia: Special Envoy for the Great Lakes region @ United Nations"),
    ("Sir Alan Baxter, the British prime minister's envoy for climate, came.", "Alan Baxter: prime minister's envoy for climate @ GB"),
    ("The Special Representative of the Secretary-General (SRSG) and Head of UNOCA, Paul Onanga, came.",
     "Paul Onanga: Special Representative of the Secretary-General @ -; Head @ UNOCA"),
    # bodies
    ("Speaker National Assembly Sardar Ayub Malik came.", "Sardar Ayub Malik: Speaker @ National Assembly"),
    ("The Principal Secretary in the Ministry of Trade, Grace Njeri, came.", "Grace Njeri: Principal Secretary @ Ministry of Trade"),
    ("Governor of Makkah Region Prince Saud bin Majid came.", "Saud bin Majid: Governor @ Makkah Region"),
    ("Mayor of Paris Anne Delmas came.", "Anne Delmas: Mayor @ Paris"),
    ("The Horizon Tennis Federation president David Harrow came.", "David Harrow: president @ Horizon Tennis Federation"),
    ("The Vision Zebra Club (VZC) was founded in 1990. VZC President Ann Stone came.", "Ann Stone: President @ Vision Zebra Club"),
    ("EU Commissioner Johannes Huber came.", "Johannes Huber: Commissioner @ European Union"),
    # credentials, lists by line, both of a pair
    ("Letters of credence were presented by Ann Stone (Australia) and Raul Duarte (Cuba).", "Ann Stone: Ambassador @ AU | Raul Duarte: Ambassador @ CU"),
    ("These ambassadors presented letters today.\n\n1. Mr. Haris Begic\nAmbassador-designate of Bosnia and Herzegovina", "Haris Begic: Ambassador-designate @ BA"),
    ("Ivan Petrov spoke with President of Algeria Karim Tayeb. The presidents agreed to meet.", "Ivan Petrov: President @ - | Karim Tayeb: President @ DZ"),
    # abbreviations
    ("EAM Dr. R. Venkat met DPM Lim Boon Keng.", "R. Venkat: External Affairs Minister @ - | Lim Boon Keng: Deputy Prime Minister @ -"),
    ("The then-foreign minister Yusuf Demir came.", "Yusuf Demir: then foreign minister @ -"),
    # names
    ("H.E. Mr. January Mollel, Minister of Works, came.", "January Mollel: Minister of Works @ -"),
    ("Undersecretary Ma. Elena Cruz came.", "Ma. Elena Cruz: Undersecretary @ -"),
    ("Maj. Gen. (Rtd) Umar Burki came.", "Umar Burki:"),
    ("Mr. Hugo Marcos, Jr., Secretary of Defense, came.", "Hugo Marcos, Jr.: Secretary of Defense @ -"),
    ("Foreign Minister Israel Kats came.", "Israel Kats: Foreign Minister @ -"),
    ("Prince Majid bin Salim bin Rashid met Prince Salim bin Rashid.", "Majid bin Salim bin Rashid: | Salim bin Rashid:"),
    ("Vice Premier He Lianfeng came.", "He Lianfeng: Vice Premier @ -"),
    ("Interior Minister Abdul Amir al-Hadi came.", "Abdul Amir al-Hadi: Interior Minister @ -"),
    ("US Treasury Secretary Scott Benning came.", "Scott Benning: Treasury Secretary @ US"),
    ("Dr. Omar Jaber, Minister of Industry and Advanced Technology, came.", "Omar Jaber: Minister of Industry and Advanced Technology @ -"),
    ("The ex-prime minister Esko Halonen came.", "Esko Halonen: ex-prime minister @ -"),
    ("EU High Representative for Foreign Affairs and Security Policy and Vice-President of the Commission Kaja Tamm came.",
     "Kaja Tamm: High Representative for Foreign Affairs and Security Policy @ European Union; Vice-President @ Commission"),
    # fields, brackets and charges in a title
    ("State Minister for Euro-Atlantic Integration Alek Petriani came.", "Alek Petriani: State Minister for Euro-Atlantic Integration @ -"),
    ("Paul Galle, Secretary for Relations with States, came.", "Paul Galle: Secretary for Relations with States @ -"),
    ("Director General (West Europe and EU) of the Ministry of Foreign Affairs Kamrul Hasnat came.",
     "Kamrul Hasnat: Director General (West Europe and EU) @ Ministry of Foreign Affairs"),
    ("The Minister Delegate to the Minister of Foreign Affairs, in charge of Francophonie, Elise Caron, came.",
     "Elise Caron: Minister Delegate to the Minister of Foreign Affairs in charge of Francophonie @ -"),
    ("Farid Hakim, Acting Deputy Spokesperson for the Secretary-General, spoke.", "Farid Hakim: Acting Deputy Spokesperson for the Secretary-General @ -"),
    # whose body it is
    ("Amit Sharma, Secretary (West), Ministry of External Affairs, came.", "Amit Sharma: Secretary (West) @ Ministry of External Affairs"),
    ("The Party of Work, led by its general secretary Manuel Tomas, wrote.", "Manuel Tomas: general secretary @ Party of Work"),
    ("The ANC delegation, which includes Deputy Secretary-General Thenji Mtino, came.", "Thenji Mtino: Deputy Secretary-General @ ANC"),
    ("He met Minister Nobu Kanehara of the Japanese Embassy.", "Nobu Kanehara: Minister @ Embassy of Japan"),
    ("She met MP Davit Berdzen, one of the leaders of the Republican Party.", "Davit Berdzen: MP @ -; leader @ Republican Party"),
    ("He saw Edi Rano, leader of the opposition Socialist Party.", "Edi Rano: leader @ Socialist Party"),
    ("He saw Leader of the Opposition Peter Duttan.", "Peter Duttan: Leader of the Opposition @ -"),
    ("Chief of Defence Forces General Charles Kahari came.", "Charles Kahari: Chief @ Defence Forces"),
    # who it is said of
    ("He met Chairman of the Trade Commission Le Hoai An, and Deputy Minister of Defense Sr. Lt. Gen. Ha Xuan Chinh.",
     "Le Hoai An: Chairman @ Trade Commission | Ha Xuan Chinh: Deputy Minister of Defense @ -"),
    ("Together with Deputy Foreign Minister Maria Betska, the head of the Latvian Foreign Ministry laid flowers.", "Maria Betska: Deputy Foreign Minister @ -"),
    ("The visit is by Japanese Prime Minister Kenji Nakata, a Treasury spokesman said.", "Kenji Nakata: Prime Minister @ JP"),
    ("He met the Deputy Prime Minister and Minister of Foreign Affairs of Jordan, Ayman Safari.",
     "Ayman Safari: Deputy Prime Minister @ -; Minister of Foreign Affairs @ JO"),
    ("Minister of Trade, Senator the Hon. Kamala Johns, came.", "Kamala Johns: Minister of Trade @ -; Senator @ -"),
    ("In Turkey Minister Eva Sorensen spoke.", "Eva Sorensen: Minister @ -"),
    ("He saw the Foreign Ministers of Bulgaria, Mr. Simeon Passov, and of Cyprus, Mr. George Iacovidis.",
     "Simeon Passov: Foreign Minister @ BG | George Iacovidis: Foreign Minister @ CY"),
    ("Ten new heads of mission came. They are Juan Gasco of Mexico and Lise Vang of Denmark.", "Juan Gasco: head of mission @ MX | Lise Vang: head of mission @ DK"),
    ("President Boris Tarnov thanked his predecessor, Danilo Turkan.", "Boris Tarnov: President @ - | Danilo Turkan: former President @ -"),
    # a post whose owner is a post with its own holder
    ("He met Bjorn Seidel, Chief of Cabinet for European Commission President Ursula Leyendal.",
     "Bjorn Seidel: Chief of Cabinet for European Commission President @ European Commission | Ursula Leyendal: President @ European Commission"),
    ("Karim Haddad, an adviser to Lebanese Prime Minister Najib Salman, said so.", "Karim Haddad: adviser to Lebanese Prime Minister @ LB | Najib Salman: Prime Minister @ LB"),
    ("Oleg Petrov, the spokesman for President Igor Danilov, said so.", "Oleg Petrov: spokesman for President @ - | Igor Danilov: President @ -"),
    ("He saw Ali Reza, special envoy of Iranian President Hassan Karimi.", "Ali Reza: special envoy of Iranian President @ IR | Hassan Karimi: President @ IR"),
    ("He met Governor Nanda Weera, Secretary to the President Nandika Kumara, Senior Advisor to the President Dumi Hulan.",
     "Nanda Weera: Governor @ - | Nandika Kumara: Secretary to the President @ - | Dumi Hulan: Senior Advisor to the President @ -"),
    # movements, firms and federations before a title
    ("The killing of Harakat leader Ismail Hanadi came on Monday.", "Ismail Hanadi: leader @ Harakat"),
    ("It hit senior Ansaroun commander Fuad Shukran.", "Fuad Shukran: commander @ Ansaroun"),
    ("World Athletics President Sebastian Cole came.", "Sebastian Cole: President @ World Athletics"),
    ("Outgoing NATO chief Jens Stolten insisted.", "Jens Stolten: Outgoing chief @ NATO"),
    ("White House spokesman Marlin Fitz said so.", "Marlin Fitz: spokesman @ White House"),
    ("He saw New Jersey Governor Chris Christen.", "Chris Christen: Governor @ New Jersey"),
    ("Luis Henrique Castro, head of Portugal's trade and investment agency AICXP, spoke.", "Luis Henrique Castro: head @ trade and investment agency AICXP"),
    # beside a name without a comma, behind letters, before a dash
    ("Lt. General Faheem Aziz HI (M), High Commissioner of Pakistan, came.", "Faheem Aziz: High Commissioner @ PK"),
    ("There were Ms Jin Yan Secretary to the Vice Minister, HE Qi Zhenhai Ambassador of China and others.", "Jin Yan: Secretary to the Vice Minister @ - | Qi Zhenhai: Ambassador @ CN"),
    ("Mr. Lin Tao, Deputy Director General IDXPC, came.", "Lin Tao: Deputy Director General @ IDXPC"),
    ("He saw Deputy Prime Minister - Minister for Reintegration of the Temporarily Occupied Territories Iryna Veresh.",
     "Iryna Veresh: Deputy Prime Minister @ -; Minister for Reintegration of the Temporarily Occupied Territories @ -"),
    ("Chief Operating Officer Paula Grey met Special Counsel Robert Muller.", "Paula Grey: Chief Operating Officer @ - | Robert Muller: Special Counsel @ -"),
    # a complement of many words right before the name
    ("Prime Minister of the Kingdom of the Netherlands Mark Rutter came.", "Mark Rutter: Prime Minister @ NL"),
    ("President of the Republic of the Philippines Rodrigo Dutarte came.", "Rodrigo Dutarte: President @ PH"),
    ("He met Minister of Foreign Affairs, the European Union and Cooperation of Spain José Alba Bueno.",
     "José Alba Bueno: Minister of Foreign Affairs, the European Union and Cooperation @ ES"),
    ("They met French Minister of the Economy, Finance and the Recovery Bruno Le Mare.", "Bruno Le Mare: Minister of the Economy, Finance and the Recovery @ FR"),
    ("Deputy Prime Minister for European and Euro-Atlantic Integration Olga Stefan noted it.", "Olga Stefan: Deputy Prime Minister for European and Euro-Atlantic Integration @ -"),
    ("Head of the Servant of the People faction Davyd Arakham came.", "Davyd Arakham: Head @ Servant of the People faction"),
    ("Head of the Support Service at the Representation Office in the Autonomous Region of Lower Taria Mariya Tomik came.",
     "Mariya Tomik: Head @ Support Service at the Representation Office in the Autonomous Region of Lower Taria"),
    ("Head of the Delegation of the European Union to Ukraine Matti Maasik spoke.", "Matti Maasik: Head @ Delegation of the European Union to Ukraine"),
    ("U.S. Ambassador at Large for International Religious Freedom Rashad Hussan came.", "Rashad Hussan: Ambassador at Large for International Religious Freedom @ US"),
    ("Administrator of the Hour Division at the U.S. Department of Labor Jessica Loman came.", "Jessica Loman: Administrator @ Hour Division at the U.S. Department of Labor"),
    ("Administrator of the National Oceanographic and Atmospheric Administration (NOAX) Richard Spinned came.",
     "Richard Spinned: Administrator @ National Oceanographic and Atmospheric Administration"),
    ("He met Dr. Nanda Kumana, Secretary to the President and Mr. Roshan Gama, Deputy Secretary.", "Nanda Kumana: Secretary to the President @ - | Roshan Gama: Deputy Secretary @ -"),
    # a post told first, the bare name after it
    ("The Russian President telephoned President of Kyrgyzstan Sadyr Japar. Vladimir Patin also spoke with President of Kazakhstan Kassym Tokay.",
     "Sadyr Japar: President @ KG | Vladimir Patin: President @ RU | Kassym Tokay: President @ KZ"),
    ("Turkey's president on Monday denounced it. Recep Erdal also said on a visit to Ukraine that it will help.", "Recep Erdal: president @ TR"),
    ("The Russian President met with Angela Markus. Vladimir Patin praised her.", "Angela Markus: | Vladimir Patin:"),
    ("The Egyptian Foreign Minister met the Secretary-General. Antonio Gutierro praised him.", "Antonio Gutierro:"),
    ("The EU's foreign policy chief, Josef Borell, and the Chinese foreign minister spoke.", "Josef Borell: foreign policy chief @ European Union"),
    # a body's name that goes on behind its head noun, before the title
    ("He fired Federal Bureau of Investigation Director James Coney.", "James Coney: Director @ Federal Bureau of Investigation"),
    ("Bank of Japan governor Satoshi Sumida said so.", "Satoshi Sumida: governor @ Bank of Japan"),
    ("House of Commons Speaker Lindsay Hale came.", "Lindsay Hale: Speaker @ House of Commons"),
    ("Department of Public Health Deputy Director Lauri Sanders came.", "Lauri Sanders: Deputy Director @ Department of Public Health"),
    ("He met Prime Minister of the United Kingdom of the Great Britain and Northern Ireland Boris Johnsen.", "Boris Johnsen: Prime Minister @ GB"),
    # one person under several spellings, two of one surname
    ("President Jonas R. Bident, Jr. called. President Bident spoke.", "Jonas R. Bident, Jr.: President @ -; President @ -"),
    ("President Anura Kumara Disanaike came. It was opened by President Anura Kumara Dissanaike.", "Anura Kumara Disanaike: President @ -; President @ -"),
    ("Former President Ranil Wickreme came with his wife, Prof. Maithree Wickreme. Wickreme, President from 2022 to 2024, spoke.",
     "Ranil Wickreme: Former President @ -; President @ - | Maithree Wickreme:"),
    # names
    ('He met Vice Adm. Charles "Willy" Moreau, commander of the Third Fleet.', 'Charles "Willy" Moreau: commander @ Third Fleet'),
    ("General Secretary Dinh The Huynh came.", "Dinh The Huynh: General Secretary @ -"),
    ("He met the UN Special Envoy for Syria de Mistral.", "de Mistral: Special Envoy for Syria @ United Nations"),
    ("The group is led by chairman Mehmet Akif Yilman MP, who spoke.", "Mehmet Akif Yilman: chairman @ -; MP @ -"),
    ("MEDIA RELEASE MINISTER FOR TRADE ALEXANDER DOWNING 19 June 2002", "ALEXANDER DOWNING: MINISTER FOR TRADE @ -"),
    ("Asked about the talks on Telania, the Chief Minister refused.", ""),
    ("Samdech Techo spoke.", ""),
    # no person, no post
    ("They landed at King Faisal International Airport.", ""),
    ("They prayed at the Sultan Omar Grand Mosque.", ""),
    ("Law and Justice won the vote.", ""),
    ("He was there as the Chief Guest.", ""),
    ("It is controlled by his fellow Republicans.", ""),
    ("The issue of Nord Strom 2 was raised. (AP Photo/Khalil Hamran, File)", ""),
    ("The rights of minority Muslim Uyghurs were raised.", ""),
    ("Media contact: Sharon O'Nealy 02 1234 5678", ""),
    ("Addressing Vasyl Koval, he spoke.", "Vasyl Koval:"),
    ("He met Republican Kevin McCarten.", "Kevin McCarten:"),
    ("They won the King Cup.", ""),
    ("Additionally, the High Commissioner spoke.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ROWS)
def test_people_and_offices(sentence: str, expected: str) -> None:
    shown = []
    for figure in read_text(sentence).notes.people:
        offices = "; ".join(f"{o.title} @ {o.org or o.country or '-'}" for o in figure.offices)
        shown.append(f"{figure.name}: {offices}".strip())
    assert " | ".join(shown) == expected


SOUP = (
    "the a of for to and , , ( ) . : ; - 's President Minister Prime Foreign Secretary General Ambassador Chairman head envoy adviser spokesman minister former late deputy "
    "King Sheikh Mr Dr H.E. Air Marshal France Japanese Paris Kremlin UN EU (CPP) Ministry Committee Central Party Assembly his its counterpart counterparts colleague delegation "
    "Maria Lopez Jan van der Berg Thanh bin al-Hadi Jr. MP met received by said who is was appointed as one in at from led including plural ambassadors ministers Affairs Trade "
    "predecessor capacity well then ex- Council credentials presented 61 June U.S. # / & … designate charge responsible"
).split()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_any_heap_of_titles_and_names_is_read(words: list[str]) -> None:
    text = " ".join(words)
    for figure in read_text(text).notes.people:
        assert all(text[m.name_start : m.name_end] for m in figure.mentions)


@pytest.mark.parametrize("ending", ["Ana Silva,", "Ana Silva (", "Ana Silva and", "Ana Silva, head of", "President of", "Ana Silva, who", "his counterpart,", "Ministers Ana Silva and"])
def test_a_sentence_may_stop_anywhere(ending: str) -> None:
    assert isinstance(read_text(ending).notes.people, list)


WRAPPED = """On the last day of his tour Brazilian Finance Minister Dilson
Farias met his Swiss counterpart Otto Stalder and Economics Minister
Jean Delamare on the last leg of a tour to discuss the debts of his
country with Mr.
Stalder and the others, and he told reporters of the talks that
had been held.

Mr. Farias leaves for Italy this evening, an official of the State
Council said, adding that no demands had been made of him by the
ministers whom he had met.
"""


def test_lines_cut_at_a_width_are_read_as_one() -> None:
    people = {f.name: [o.title for o in f.offices] for f in read_text(WRAPPED).notes.people}
    assert people == {"Dilson Farias": ["Finance Minister"], "Otto Stalder": ["Finance Minister"], "Jean Delamare": ["Economics Minister"]}
